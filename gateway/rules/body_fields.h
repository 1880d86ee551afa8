#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// The body of a request with the `defaults` and `overrides` of a route or a client key: a default
/// is added where the body has no member of that name (a member that is null is one), an override
/// replaces every member of its name or is added. All else keeps its bytes; what is added comes
/// first, in the order of the rule. BodyNotJson if the body is no JSON object. Pure.
Result<QByteArray> withFields(const QByteArray &body, const Rules &rules);

} // namespace quaygate
