#pragma once

#include "gateway/pipeline/routing_table.h"
#include "gateway/rules/dialect.h"

#include <optional>

namespace quaygate {

/// The API in which the client's request is written, as far as rules can read it.
std::optional<RuleDialect> ruleDialect(const Routed &routed);

/// The API of an operation.
std::optional<RuleDialect> ruleDialect(Operation operation);

} // namespace quaygate
