#include "ui/playground/code_view.h"

#include "ui/theme/theme.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/labels.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Longer code scrolls inside its frame.
constexpr int maxLines = 400;
/// Above and below the text: the focus ring, and room for the last line's descenders.
constexpr int frame = 2 * 2 + 4;

} // namespace

CodeView::CodeView(QWidget *parent)
    : QFrame(parent)
    , m_language(makeLabel({}, TextType::Small, this))
    , m_text(new QPlainTextEdit(this)) {
    setProperty("surface", u"sunken"_s);
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setProperty("look", u"code"_s);
    m_text->setFocusPolicy(Qt::ClickFocus);
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setUndoRedoEnabled(false);
    m_text->document()->setDocumentMargin(0);
    m_text->viewport()->installEventFilter(this);
    connect(m_text->horizontalScrollBar(), &QScrollBar::rangeChanged, this, &CodeView::fitHeight);
    m_text->setAccessibleName(tr("Code"));

    auto *head = new QHBoxLayout;
    head->addWidget(m_language);
    head->addStretch();
    head->addWidget(new CopyButton(
        tr("Copy this code"), [this] { return m_code; }, this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::m, space::xs, space::xs, space::m);
    layout->setSpacing(space::xs);
    layout->addLayout(head);
    layout->addWidget(m_text);
}

void CodeView::setCode(const QString &language, const QString &code) {
    m_language->setText(language.isEmpty() ? tr("code") : language);
    if (code == m_code)
        return;
    if (code.startsWith(m_code) && !m_code.isEmpty()) {
        QTextCursor end(m_text->document());
        end.movePosition(QTextCursor::End);
        end.insertText(code.sliced(m_code.size()));
    } else {
        m_text->setPlainText(code);
    }
    m_code = code;
    fitHeight();
}

void CodeView::fitHeight() {
    m_text->setFont(Theme::codeFont());
    const int lines = std::min(m_text->blockCount(), maxLines);
    const qreal line = QFontMetricsF(m_text->font()).lineSpacing();
    const bool tooWide = m_text->horizontalScrollBar()->maximum() > 0;
    const int bar = tooWide ? m_text->horizontalScrollBar()->sizeHint().height() : 0;
    m_text->setVerticalScrollBarPolicy(m_text->blockCount() > maxLines ? Qt::ScrollBarAsNeeded
                                                                       : Qt::ScrollBarAlwaysOff);
    m_text->setFixedHeight(static_cast<int>(std::ceil(lines * line)) + frame + bar);
}

bool CodeView::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::Wheel && m_text->blockCount() <= maxLines) {
        const QPoint delta = static_cast<QWheelEvent *>(event)->angleDelta();
        if (std::abs(delta.y()) >= std::abs(delta.x())) {
            event->ignore(); // the transcript scrolls
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CodeView::changeEvent(QEvent *event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

} // namespace quaygate
