#pragma once

#include "gateway/simulator/fault.h"

/// 429 in every spelling seen from the service: clients find the time to wait in different places,
/// or nowhere. The time is the fault's `retry`, in seconds.
namespace quaygate::simulator {

using RateLimited = std::optional<SimulatedAnswer>;

RateLimited rateLimitBothHeaders(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitMilliseconds(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitSeconds(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitDate(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitTextOnly(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitNoHint(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitResetHeader(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitFlat(const Fault &fault, const FaultScene &scene);
RateLimited rateLimitCapacity(const Fault &fault, const FaultScene &scene);

/// Only when the deployment's counters have run out; until they renew.
RateLimited rateLimitWhenUsedUp(const Fault &fault, const FaultScene &scene);

} // namespace quaygate::simulator
