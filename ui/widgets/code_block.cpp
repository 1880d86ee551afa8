#include "ui/widgets/code_block.h"

#include "ui/theme/theme.h"
#include "ui/widgets/copy_button.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace quaygate {

CodeBlock::CodeBlock(const QString &name, QWidget *parent)
    : QFrame(parent), m_text(new QPlainTextEdit(this)) {
    setProperty("surface", u"sunken"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_text->setReadOnly(true);
    m_text->setProperty("look", u"code"_s);
    m_text->setFont(Theme::codeFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(name);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->document()->setDocumentMargin(2);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::s, space::xs, space::s);
    row->setSpacing(space::s);
    row->addWidget(m_text);
    row->addWidget(new CopyButton(
                       tr("Copy the %1").arg(name), [this] { return code(); }, this),
                   0, Qt::AlignTop);
}

void CodeBlock::setCode(const QString &code) {
    if (m_text->toPlainText() == code)
        return;
    m_text->setPlainText(code);
    fitHeight();
}

QString CodeBlock::code() const {
    return m_text->toPlainText();
}

void CodeBlock::resizeEvent(QResizeEvent *event) {
    QFrame::resizeEvent(event);
    fitHeight();
}

void CodeBlock::fitHeight() {
    const QFontMetrics metrics(m_text->font());
    const int lines = std::max(1, m_text->document()->blockCount());
    const bool scrolls = m_text->document()->idealWidth() > m_text->viewport()->width();
    const int frame = 2 * 2 + 2 * 2; // the border of the style sheet and the margin of the document
    m_text->setFixedHeight(lines * metrics.lineSpacing() + frame + (scrolls ? 12 : 0));
}

} // namespace quaygate
