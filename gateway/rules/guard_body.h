#pragma once

#include "gateway/result.h"
#include "gateway/rules/dialect.h"
#include "gateway/rules/guard_step.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QList>

#include <optional>

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

} // namespace quaygate
