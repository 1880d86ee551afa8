#include "gateway/rules/text_filter.h"

#include <algorithm>
#include <utility>

namespace quaygate {

namespace {

/// How much of what has gone on is kept for matchers to look back at; they look at a character or
/// two.
constexpr qsizetype lookBack = 16;

/// Everything that one step does with a text from `decided` on; returns up to where it is decided.
qsizetype runStep(const GuardStep &step, size_t index, GuardTally &tally, QByteArrayView text,
                  qsizetype decided, bool complete, QByteArray &out) {
    while (true) {
        const TextFinding found = step.matcher->find(text, decided, complete);
        out.append(text.sliced(decided, found.begin - decided));
        if (found.kind != TextFinding::Kind::Match)
            return found.begin;
        tally.count(index);
        if (step.rejection)
            return text.size();
        out.append(step.placeholder);
        decided = found.end;
    }
}

} // namespace

TextFilter::TextFilter(const GuardSteps &steps, GuardTally &tally)
    : m_steps(steps), m_tally(tally), m_stages(steps.size()) {
}

QByteArray TextFilter::feed(QByteArrayView piece) {
    return run(piece.toByteArray(), false);
}

QByteArray TextFilter::finish() {
    QByteArray out = run({}, true);
    m_stages.assign(m_steps.size(), {});
    return out;
}

bool TextFilter::holds() const {
    return std::any_of(m_stages.begin(), m_stages.end(),
                       [](const Stage &stage) { return stage.decided < stage.text.size(); });
}

QByteArray TextFilter::run(QByteArray piece, bool complete) {
    for (size_t i = 0; i < m_steps.size() && !m_tally.rejected(); ++i)
        piece = runStage(i, piece, complete);
    return m_tally.rejected() ? QByteArray() : piece;
}

QByteArray TextFilter::runStage(size_t index, QByteArrayView piece, bool complete) {
    Stage &stage = m_stages[index];
    if (piece.isEmpty() && stage.decided == stage.text.size())
        return {};
    stage.text.append(piece);
    QByteArray out;
    stage.decided =
        runStep(m_steps[index], index, m_tally, stage.text, stage.decided, complete, out);
    if (const qsizetype past = stage.decided - lookBack; past > 0) {
        stage.text.remove(0, past);
        stage.decided = lookBack;
    }
    return out;
}

QByteArray filtered(const GuardSteps &steps, GuardTally &tally, QByteArrayView text) {
    QByteArray current = text.toByteArray();
    for (size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].matcher->find(current, 0, true).kind == TextFinding::Kind::Nothing)
            continue;
        QByteArray out;
        runStep(steps[i], i, tally, current, 0, true, out);
        if (tally.rejected())
            return {};
        current = std::move(out);
    }
    return current;
}

} // namespace quaygate
