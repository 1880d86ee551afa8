#include "gateway/rules/guard_body.h"

#include "gateway/json/escape.h"
#include "gateway/rules/json_body.h"
#include "gateway/rules/json_text_filter.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// What stands in the place of a text behind the guard; as it was if nothing was found.
QByteArray guardedValue(const GuardSteps &steps, GuardTally &tally, QByteArrayView body,
                        const GuardText &text) {
    const QByteArrayView before = textOf(body, *text.node);
    if (text.kind == GuardText::Kind::Json)
        return filteredJson(steps, tally, before);
    const QByteArray meant = stringOf(body, text.node);
    const QByteArray after = text.kind == GuardText::Kind::JsonText
                                 ? filteredJson(steps, tally, meant)
                                 : filtered(steps, tally, meant);
    return after == meant ? before.toByteArray() : '"' + json::escape(after) + '"';
}

/// The body as it is, changed or refused.
GuardedBody guarded(const QByteArray &body, const std::vector<GuardText> &texts,
                    const GuardSteps &steps, const QString &where) {
    GuardTally tally(steps);
    json::TextEdits edits(body);
    guardTexts(texts, body, steps, tally, edits);
    if (tally.rejected())
        return {{}, false, tally.rejection(), tally.verdicts(where)};
    if (edits.isEmpty())
        return {body, false, {}, {}};
    return {edits.applied(), true, {}, tally.verdicts(where)};
}

} // namespace

Result<GuardedBody> guardRequest(const QByteArray &body, RuleDialect dialect,
                                 const GuardSteps &steps) {
    if (steps.empty())
        return GuardedBody{body, false, {}, {}};
    const Result<json::Node> root = parseBody(body);
    if (!root)
        return root.error();
    return guarded(body, requestTexts(body, *root, dialect), steps, u"request"_s);
}

GuardedBody guardAnswer(const QByteArray &body, RuleDialect dialect, const GuardSteps &steps) {
    const json::Parsed parsed = json::parse(body);
    if (steps.empty() || !parsed.ok)
        return {body, false, {}, {}};
    return guarded(body, answerTexts(body, parsed.root, dialect), steps, u"answer"_s);
}

void guardTexts(const std::vector<GuardText> &texts, QByteArrayView body, const GuardSteps &steps,
                GuardTally &tally, json::TextEdits &edits) {
    const json::Node *gone = nullptr;
    for (const GuardText &text : texts) {
        const QByteArray after = guardedValue(steps, tally, body, text);
        if (tally.rejected())
            return;
        if (after == textOf(body, *text.node))
            continue;
        edits.replace(text.node->span, after);
        if (!text.logprobs || text.logprobs == std::exchange(gone, text.logprobs))
            continue;
        const bool isList = text.logprobs->type == json::Node::Type::Array;
        edits.replace(text.logprobs->span, isList ? "[]" : "null");
    }
}

} // namespace quaygate
