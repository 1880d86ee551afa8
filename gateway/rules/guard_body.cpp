#include "gateway/rules/guard_body.h"

#include "gateway/json/escape.h"
#include "gateway/json/text_edits.h"
#include "gateway/rules/guard_texts.h"
#include "gateway/rules/json_body.h"
#include "gateway/rules/json_text_filter.h"

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

} // namespace

Result<GuardedBody> guardRequest(const QByteArray &body, RuleDialect dialect,
                                 const GuardSteps &steps) {
    if (steps.empty())
        return GuardedBody{body, false, {}, {}};
    const Result<json::Node> root = parseBody(body);
    if (!root)
        return root.error();
    GuardTally tally(steps);
    json::TextEdits edits(body);
    for (const GuardText &text : requestTexts(body, *root, dialect)) {
        const QByteArray after = guardedValue(steps, tally, body, text);
        if (tally.rejected())
            return GuardedBody{{}, false, tally.rejection(), tally.verdicts(u"request"_s)};
        if (after != textOf(body, *text.node))
            edits.replace(text.node->span, after);
    }
    if (edits.isEmpty())
        return GuardedBody{body, false, {}, {}};
    return GuardedBody{edits.applied(), true, {}, tally.verdicts(u"request"_s)};
}

} // namespace quaygate
