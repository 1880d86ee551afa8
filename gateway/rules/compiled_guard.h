#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"
#include "gateway/rules/guard_step.h"

#include <memory>

namespace quaygate {

/// A guard of the configuration, ready for use. Immutable; any thread may use it, but RE2 locks a
/// cache in it for a moment, so that each worker had better have its own.
struct CompiledGuard {
    GuardSteps request;
    GuardSteps response;
    bool streaming = true; ///< whether `response` holds for streams too
};

/// The steps of each rule are its patterns, in their order, and then its built-ins: creditCard,
/// ssn, caSin, phone, email. What matches is replaced with `<MASKED>` for a pattern, and else with
/// `<CREDIT_CARD>`, `<SSN>`, `<CA_SIN>`, `<PHONE_NUMBER>` and `<EMAIL_ADDRESS>`. ConfigInvalid,
/// naming the pattern, if RE2 does not take one.
Result<std::shared_ptr<const CompiledGuard>> compileGuard(const Guard &guard);

/// Several guards as one that applies them one after the other, as a route's and a client key's. A
/// guard that does not hold for streams is left out where `forStream` says so.
GuardSteps requestSteps(const std::vector<std::shared_ptr<const CompiledGuard>> &guards);
GuardSteps responseSteps(const std::vector<std::shared_ptr<const CompiledGuard>> &guards,
                         bool forStream);

} // namespace quaygate
