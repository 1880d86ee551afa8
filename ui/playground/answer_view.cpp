#include "ui/playground/answer_view.h"

#include "ui/playground/answer_blocks.h"
#include "ui/playground/code_view.h"
#include "ui/playground/prose_view.h"
#include "ui/theme/tokens.h"

#include <QVBoxLayout>

#include <chrono>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

constexpr auto drawInterval = 50ms;
/// What comes in a heap is drawn in portions, so that the window stays alive.
constexpr auto drawBudget = 40ms;
/// Drawing takes at most a fifth of the time, however large the block.
constexpr int restAfterDrawing = 4;
/// Blocks are laid out in sections of so many: showing one lays out all that share its parent.
constexpr int blocksPerSection = 40;

} // namespace

AnswerView::AnswerView(int expectedWidth, QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_width(expectedWidth) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AnswerView::draw);
}

void AnswerView::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_width = width();
}

void AnswerView::append(const QString &text) {
    m_text += text;
    if (!m_timer.isActive())
        m_timer.start(m_timer.intervalAsDuration());
}

void AnswerView::flush() {
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    draw();
}

void AnswerView::draw() {
    QElapsedTimer clock;
    clock.start();
    const QList<AnswerBlock> blocks = cutAnswer(QStringView(m_text).sliced(m_settled));
    if (blocks.isEmpty())
        return;
    const qsizetype first = std::max<qsizetype>(m_blocks.size() - 1, 0);
    qsizetype count = 0;
    do {
        drawBlock(first + count, blocks[count]);
        ++count;
    } while (count < blocks.size() && !clock.hasExpired(drawBudget.count()));
    m_settled += blocks[count - 1].begin;

    emit drawn();

    const auto rest = std::chrono::milliseconds(clock.elapsed()) * restAfterDrawing;
    const bool isAll = count == blocks.size();
    m_timer.setInterval(isAll ? std::max<std::chrono::milliseconds>(drawInterval, rest)
                              : drawInterval);
    if (!isAll)
        m_timer.start();
}

void AnswerView::drawBlock(qsizetype index, const AnswerBlock &block) {
    const bool isCode = block.kind == AnswerBlock::Kind::Code;
    QWidget *widget = widgetFor(index, isCode);
    if (isCode)
        static_cast<CodeView *>(widget)->setCode(block.language, block.text);
    else
        static_cast<ProseView *>(widget)->setMarkdownText(block.text);
}

QWidget *AnswerView::widgetFor(qsizetype index, bool isCode) {
    if (index < m_blocks.size()) {
        const bool fits = isCode == (qobject_cast<CodeView *>(m_blocks[index]) != nullptr);
        if (fits)
            return m_blocks[index];
        // A line that began as prose has become a fence.
        m_blocks[index]->hide();
        m_blocks[index]->deleteLater();
        m_blocks.removeAt(index);
    }
    QVBoxLayout *section = sectionFor(index);
    QWidget *widget = nullptr;
    if (isCode) {
        widget = new CodeView(this);
    } else {
        auto *prose = new ProseView(this);
        prose->expectWidth(m_width);
        connect(prose, &ProseView::linkChosen, this, &AnswerView::linkChosen);
        widget = prose;
    }
    m_blocks.insert(index, widget);
    section->addWidget(widget);
    return widget;
}

QVBoxLayout *AnswerView::sectionFor(qsizetype index) {
    if (index / blocksPerSection == m_sections.size()) {
        auto *section = new QWidget(this);
        auto *column = new QVBoxLayout(section);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(space::s);
        m_layout->addWidget(section);
        m_sections.append(section);
    }
    return static_cast<QVBoxLayout *>(m_sections.last()->layout());
}

} // namespace quaygate
