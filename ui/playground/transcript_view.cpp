#include "ui/playground/transcript_view.h"

#include "ui/playground/prose_view.h"
#include "ui/playground/turn_view.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Of the end; nobody scrolls back by less.
constexpr int nearEnd = 24;

/// What scrolls: as wide as there is room, as high as its contents are at that width. The sum of
/// what its parts could be at least says nothing: a question is narrower in a narrower window, and
/// a label whose text can be selected asks for the height that it had if it were as narrow as can
/// be.
class ScrolledColumn : public QWidget {
public:
    using QWidget::QWidget;

    QSize minimumSizeHint() const override {
        return {0, layout()->hasHeightForWidth() ? 0 : sizeHint().height()};
    }
};

} // namespace

TranscriptView::TranscriptView(QWidget *parent)
    : QScrollArea(parent)
    , m_row(new QHBoxLayout)
    , m_column(new QVBoxLayout)
    , m_jump(makeIconButton(u"arrow-down"_s, tr("Go to the newest message"), this)) {
    setObjectName(u"transcript"_s);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Conversation"));

    auto *inside = new ScrolledColumn;
    inside->setProperty("surface", u"scrolled"_s);
    inside->setStyleSheet(ProseView::styleSheetForParent());
    auto *middle = new QWidget(inside);
    middle->setMaximumWidth(size::readable);
    m_column->setContentsMargins(0, space::l, 0, space::l);
    m_column->setSpacing(space::xl);
    m_column->addStretch();
    middle->setLayout(m_column);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addStretch(1);
    m_row->addWidget(middle, 1000);
    m_row->addStretch(1);
    inside->setLayout(m_row);
    setWidget(inside);

    m_jump->setProperty("kind", u"secondary"_s);
    m_jump->setFixedSize(size::control, size::control);
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &TranscriptView::goToEnd);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TranscriptView::onScrolled);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &TranscriptView::onRangeChanged);
}

void TranscriptView::addTurn(const QString &question, const QString &routeName) {
    if (!m_turns.isEmpty())
        m_turns.last()->setLast(false);
    // Before the first turn this is not shown yet and has no width of its own.
    const int room = isVisible() ? viewport()->width() : parentWidget()->width();
    auto *turn = new TurnView(question, routeName, std::min(room, size::readable), widget());
    connect(turn, &TurnView::drawn, this, &TranscriptView::settle);
    connect(turn, &TurnView::askAgain, this, &TranscriptView::askAgain);
    connect(turn, &TurnView::edit, this, &TranscriptView::edit);
    connect(turn, &TurnView::linkChosen, this, &TranscriptView::linkChosen);
    m_column->insertWidget(static_cast<int>(m_turns.size()), turn);
    m_turns.append(turn);
    goToEnd();
}

void TranscriptView::append(const QString &text) {
    m_turns.last()->append(text);
}

void TranscriptView::finish(const Answer &answer) {
    m_turns.last()->finish(answer);
}

void TranscriptView::drop(TurnView *turn) {
    m_column->removeWidget(turn);
    turn->disconnect(this);
    turn->hide();
    // Not at once: it may be a button of this turn that was pressed.
    turn->deleteLater();
}

void TranscriptView::removeLast() {
    drop(m_turns.takeLast());
    if (!m_turns.isEmpty())
        m_turns.last()->setLast(true);
}

void TranscriptView::removeOldest(int count) {
    for (int i = 0; i < count; ++i)
        drop(m_turns.takeFirst());
}

void TranscriptView::clear() {
    while (!m_turns.isEmpty())
        drop(m_turns.takeLast());
    m_follows = true;
    m_jump->hide();
}

/// Of its own, a layout tells the one around it in a later turn of the event loop; with as many as
/// there are around an answer, the text would be seen to jump, and be painted many times over.
void TranscriptView::settle() {
    const auto layouts = m_turns.last()->findChildren<QLayout *>();
    for (auto layout = layouts.crbegin(); layout != layouts.crend(); ++layout)
        (*layout)->activate();
    for (QWidget *around = m_turns.last(); around != viewport(); around = around->parentWidget())
        around->layout()->activate();
    QEvent request(QEvent::LayoutRequest);
    QCoreApplication::sendEvent(widget(), &request);
}

void TranscriptView::onScrolled(int value) {
    m_follows = value >= verticalScrollBar()->maximum() - nearEnd;
    m_jump->setVisible(!m_follows);
}

void TranscriptView::onRangeChanged(int minimum, int maximum) {
    // As much room at the left as the scroll bar takes at the right, so that the text stays in the
    // middle.
    const int bar = verticalScrollBar()->sizeHint().width();
    m_row->setContentsMargins(maximum > minimum ? bar : 0, 0, 0, 0);
    if (m_follows)
        verticalScrollBar()->setValue(maximum);
}

void TranscriptView::goToEnd() {
    m_follows = true;
    m_jump->hide();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void TranscriptView::resizeEvent(QResizeEvent *event) {
    QScrollArea::resizeEvent(event);
    placeJump();
}

void TranscriptView::placeJump() {
    const QRect room = viewport()->geometry();
    m_jump->move(room.center().x() - m_jump->width() / 2,
                 room.bottom() - m_jump->height() - space::s);
    m_jump->raise();
}

} // namespace quaygate
