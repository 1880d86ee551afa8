#include "ui/playground/composer.h"

#include "ui/playground/conversation.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/labels.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int minLines = 2;
constexpr int maxLines = 10;
constexpr int frame = 2 * space::s; ///< border and padding of a field

} // namespace

Composer::Composer(QWidget *parent)
    : QFrame(parent)
    , m_text(new QPlainTextEdit(this))
    , m_hint(new ElidedLabel(Qt::ElideRight, this))
    , m_cancel(makeButton(tr("Cancel"), ButtonKind::Ghost, this))
    , m_send(makeButton(tr("Send"), ButtonKind::Primary, this, u"send"_s))
    , m_stop(makeButton(tr("Stop"), ButtonKind::Secondary, this, u"stop"_s)) {
    m_text->setObjectName(u"message"_s);
    m_text->setAccessibleName(tr("Message"));
    m_text->setPlaceholderText(tr("Write a message"));
    m_text->setTabChangesFocus(true);
    m_text->installEventFilter(this);
    m_hint->setProperty("type", u"small"_s);
    m_send->setObjectName(u"send"_s);
    m_stop->setObjectName(u"stop"_s);
    m_cancel->setObjectName(u"cancelEdit"_s);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_hint, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_send);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_text);
    column->addLayout(buttons);

    connect(m_text, &QPlainTextEdit::textChanged, this, &Composer::refresh);
    connect(m_text->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged,
            this, &Composer::fitHeight);
    connect(m_send, &QPushButton::clicked, this, &Composer::submit);
    connect(m_stop, &QPushButton::clicked, this, &Composer::stopRequested);
    connect(m_cancel, &QPushButton::clicked, this, &Composer::cancelEdit);
    setFocusProxy(m_text);
    fitHeight();
    refresh();
}

QString Composer::text() const {
    return m_text->toPlainText();
}

void Composer::setText(const QString &text) {
    m_text->setPlainText(text);
    m_text->moveCursor(QTextCursor::End);
}

QWidget *Composer::editor() const {
    return m_text;
}

void Composer::setBusy(bool busy) {
    m_busy = busy;
    refresh();
}

void Composer::setReady(bool ready) {
    m_ready = ready;
    refresh();
}

void Composer::setEditing(bool editing) {
    m_editing = editing;
    refresh();
}

void Composer::refresh() {
    const bool tooLong = m_text->document()->characterCount() - 1 > Conversation::maxQuestion;
    const bool blank = !tooLong && text().trimmed().isEmpty();
    // The button that has the focus must not vanish and let it wander off.
    if (m_stop->hasFocus() && !m_busy)
        m_text->setFocus();
    m_stop->setVisible(m_busy);
    m_send->setVisible(!m_busy);
    m_send->setEnabled(m_ready && !blank && !tooLong);
    m_cancel->setVisible(m_editing && !m_busy);
    restyle(m_hint, "type", tooLong ? u"error"_s : u"small"_s);
    if (tooLong)
        m_hint->setText(
            tr("A message can have at most %L1 characters.").arg(Conversation::maxQuestion));
    else if (m_busy)
        m_hint->setText(tr("Esc stops the answer"));
    else if (m_editing)
        m_hint->setText(tr("Replaces your last message and its answer; Esc keeps them"));
    else
        m_hint->setText(tr("Enter sends, Shift+Enter starts a new line"));
}

void Composer::submit() {
    const QString message = text();
    if (m_busy || message.trimmed().isEmpty() || message.size() > Conversation::maxQuestion)
        return;
    if (m_ready)
        emit submitted(message);
    else
        emit notReady();
}

bool Composer::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::FontChange)
        fitHeight();
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter || key->modifiers().testFlag(Qt::ShiftModifier))
        return QFrame::eventFilter(watched, event);
    if (!key->isAutoRepeat())
        submit();
    return true;
}

void Composer::fitHeight() {
    // Of a QPlainTextDocumentLayout, the height is in lines.
    const int lines = static_cast<int>(m_text->document()->size().height());
    const int shown = std::clamp(lines, minLines, maxLines);
    const int margins = 2 * static_cast<int>(m_text->document()->documentMargin());
    m_text->setFixedHeight(shown * m_text->fontMetrics().lineSpacing() + margins + frame);
    m_text->setVerticalScrollBarPolicy(lines > maxLines ? Qt::ScrollBarAsNeeded
                                                        : Qt::ScrollBarAlwaysOff);
}

} // namespace quaygate
