#pragma once

#include "gateway/json/text_edits.h"
#include "gateway/result.h"
#include "gateway/rules/dialect.h"
#include "gateway/rules/guard_step.h"
#include "gateway/rules/guard_texts.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <vector>

namespace quaygate {

/// What a guard made of a body.
struct GuardedBody {
    QByteArray body; ///< as it came if nothing was found
    bool changed = false;
    std::optional<GuardRejection> rejection; ///< then `body` is empty
    QList<RuleVerdict> verdicts;
};

/// A request through the steps of `requestSteps`. What is replaced is replaced in place; all else
/// keeps its bytes. Each text is looked at by itself, and nothing is found across two of them.
/// BodyNotJson if the body is no JSON object. Pure.
Result<GuardedBody> guardRequest(const QByteArray &body, RuleDialect dialect,
                                 const GuardSteps &steps);

/// A whole answer through the steps of `responseSteps`, as `guardRequest`. What is no JSON object
/// stays as it is. Where a text was changed, the log probabilities that tell it once more go. Pure.
GuardedBody guardAnswer(const QByteArray &body, RuleDialect dialect, const GuardSteps &steps);

/// Puts the texts of a JSON text through the steps, up to one that refuses. Inner part of the
/// guards.
void guardTexts(const std::vector<GuardText> &texts, QByteArrayView body, const GuardSteps &steps,
                GuardTally &tally, json::TextEdits &edits);

} // namespace quaygate
