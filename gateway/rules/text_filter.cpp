#include "gateway/rules/text_filter.h"

#include <algorithm>
#include <utility>

namespace quaygate {

namespace {

/// How much of what has gone on is kept for matchers to look back at; they look at a character or
/// two.
constexpr qsizetype lookBack = 16;
/// How much of it may come together before it is cut to that.
constexpr qsizetype mostKept = 256;

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

void TextFilter::feed(QByteArrayView piece, QByteArray &out) {
    out.append(run(piece, false));
}

bool TextFilter::passes(QByteArrayView piece, QByteArray &out) {
    const QByteArrayView result = run(piece, false);
    if (result.data() == piece.data() && result.size() == piece.size())
        return true;
    out.append(result);
    return false;
}

void TextFilter::finish(QByteArray &out) {
    out.append(run({}, true));
    for (Stage &stage : m_stages) {
        stage.text.resize(0);
        stage.decided = 0;
    }
}

bool TextFilter::holds() const {
    return std::any_of(m_stages.begin(), m_stages.end(),
                       [](const Stage &stage) { return stage.decided < stage.text.size(); });
}

/// What goes on points to `piece` or to `m_between`.
QByteArrayView TextFilter::run(QByteArrayView piece, bool complete) {
    for (size_t i = 0; i < m_steps.size(); ++i) {
        QByteArray &out = m_between[piece.data() == m_between[0].constData() ? 1 : 0];
        out.resize(0);
        if (!runStage(i, piece, complete, out))
            piece = out;
        if (m_tally.rejected())
            return {};
    }
    return piece;
}

/// True if exactly `piece` goes on; else appends what does.
bool TextFilter::runStage(size_t index, QByteArrayView piece, bool complete, QByteArray &out) {
    Stage &stage = m_stages[index];
    if (piece.isEmpty() && stage.decided == stage.text.size())
        return true;
    if (stage.decided > mostKept) {
        stage.text.remove(0, stage.decided - lookBack);
        stage.decided = lookBack;
    }
    const bool heldNothing = stage.decided == stage.text.size();
    stage.text.append(piece);
    const TextMatcher &matcher = *m_steps[index].matcher;
    if (heldNothing) {
        const TextFinding found = matcher.find(stage.text, stage.decided, complete);
        if (found.kind == TextFinding::Kind::Nothing) {
            stage.decided = stage.text.size();
            return true;
        }
    }
    stage.decided =
        runStep(m_steps[index], index, m_tally, stage.text, stage.decided, complete, out);
    return false;
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
