#pragma once

#include "gateway/config/config.h"

#include <array>

/// What the numbers of a configuration may be: one table for reader, writer, validation and forms.
namespace quaygate {

/// Whole numbers, both ends included.
struct Range {
    int from = 0;
    int to = 0;

    constexpr bool holds(int number) const { return number >= from && number <= to; }
};

inline constexpr Range portRange{0, 65535};
inline constexpr Range workerRange{0, GatewaySettings::maxWorkers};
inline constexpr Range maxConnectionsRange{0, 10'000};

/// A limit of the gateway that counts something.
struct CountLimit {
    const char16_t *key; ///< in the file, below "limits"
    int GatewayLimits::*member;
    Range range;
};

inline constexpr std::array countLimits{
    CountLimit{u"headerBytes", &GatewayLimits::headerBytes, {1024, 1024 * 1024}},
    CountLimit{u"targetBytes", &GatewayLimits::targetBytes, {256, 1024 * 1024}},
    CountLimit{u"bodyBytes", &GatewayLimits::bodyBytes, {1024, 1024 * 1024 * 1024}},
    CountLimit{u"connections", &GatewayLimits::connections, {1, 100'000}},
    CountLimit{u"inFlight", &GatewayLimits::inFlight, {1, 100'000}},
};

/// A limit of the gateway that is a time.
struct TimeLimit {
    const char16_t *key;
    std::chrono::milliseconds GatewayLimits::*member;
};

inline constexpr std::array timeLimits{
    TimeLimit{u"headerTime", &GatewayLimits::headerTime},
    TimeLimit{u"bodyStall", &GatewayLimits::bodyStall},
    TimeLimit{u"keepAlive", &GatewayLimits::keepAlive},
    TimeLimit{u"writeStall", &GatewayLimits::writeStall},
};

/// "a whole number from 0 to 64", to end a sentence with.
QString wholeNumberRule(Range range);

} // namespace quaygate
