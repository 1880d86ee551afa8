#include "ui/playground/question_bubble.h"

#include "ui/playground/prose_view.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int padding = space::m;
constexpr int maxTextHeight = 320; ///< a pasted book scrolls inside

} // namespace

QuestionBubble::QuestionBubble(const QString &question, int expectedWidth, QWidget *parent)
    : QWidget(parent)
    , m_bubble(new QFrame(this))
    , m_text(new ProseView(m_bubble))
    , m_edit(makeIconButton(u"edit"_s, tr("Edit and send again"), this)) {
    m_bubble->setProperty("surface", u"bar-info"_s);
    m_text->setPlain(question);
    m_text->setMaximumTextHeight(maxTextHeight);
    m_text->setAccessibleName(tr("Your message"));
    m_edit->setObjectName(u"editQuestion"_s);
    connect(m_edit, &QPushButton::clicked, this, &QuestionBubble::edit);
    m_idealWidth = m_text->idealTextWidth();

    auto *inside = new QVBoxLayout(m_bubble);
    inside->setContentsMargins(padding, padding - 2, padding, padding - 2);
    inside->addWidget(m_text);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::xs);
    row->addStretch();
    row->addWidget(m_edit, 0, Qt::AlignVCenter);
    row->addWidget(m_bubble);
    fitWidth(expectedWidth);
}

void QuestionBubble::setEditable(bool editable) {
    m_edit->setVisible(editable);
}

void QuestionBubble::fitWidth(int available) {
    const int room = std::max(120, available * 4 / 5);
    const int wanted = std::min(room, m_idealWidth + 2 * padding + 2);
    m_bubble->setFixedWidth(wanted);
    m_text->expectWidth(wanted - 2 * padding - 2);
}

void QuestionBubble::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    fitWidth(width());
}

} // namespace quaygate
