#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

/// Checks of what a route and a client key, a backend or the whole gateway carry; findings are
/// below what carries it ("/guard/request/0"). Inner part of the validation.
namespace quaygate {

void checkRules(const Rules &rules, Findings &findings);
void checkRateLimits(const QList<RateLimit> &limits, Findings &findings);
void checkBudget(const std::optional<Budget> &budget, Findings &findings);
/// Findings are at "/request/0" and the like.
void checkGuard(const Guard &guard, Findings &findings);

} // namespace quaygate
