#pragma once

#include "gateway/azure/token_answer.h"

#include <chrono>
#include <functional>
#include <optional>

/// When a token is used, renewed and asked for again. Pure: time and chance are arguments.
namespace quaygate {

/// Where the time and chance come from.
struct TokenClock {
    std::function<WallTime()> now;
    /// From 0 to below 1.
    std::function<double()> random;

    /// The real ones.
    static TokenClock real();
};

/// The last moment to put a token into a request: a little before its end, for the way takes time
/// and no two clocks agree.
WallTime usableUntil(const AccessToken &token, WallTime fetched);

/// When to renew it: when the service says, else 5 minutes before its end (half way, if it is short
/// lived), and up to a minute earlier by chance, so that not all do it at once.
WallTime renewalTime(const AccessToken &token, WallTime fetched, double random);

/// How long nobody asks after so many failures in a row (1 or more): a second, doubled each time,
/// up to half a minute; longer if the service asked for it, up to 5 minutes.
std::chrono::milliseconds
pauseAfterFailure(int failures, std::optional<std::chrono::milliseconds> asked, double random);

/// The same for a renewal that nobody waits for, since the token is still good: half a minute, up
/// to 10 minutes.
std::chrono::milliseconds
pauseOfRenewal(int failures, std::optional<std::chrono::milliseconds> asked, double random);

} // namespace quaygate
