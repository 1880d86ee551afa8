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

/// The same for what may be large.
struct LargeRange {
    qint64 from = 0;
    qint64 to = 0;

    constexpr bool holds(qint64 number) const { return number >= from && number <= to; }
};

/// Numbers of any kind, both ends included.
struct NumberRange {
    double from = 0;
    double to = 0;

    constexpr bool holds(double number) const { return number >= from && number <= to; }
};

inline constexpr Range portRange{0, 65535};
inline constexpr Range workerRange{0, GatewaySettings::maxWorkers};
inline constexpr Range maxConnectionsRange{0, 10'000};

inline constexpr Range weightRange{0, 1'000};
inline constexpr Range priorityRange{0, 100};
inline constexpr Range attemptsRange{1, 10};
inline constexpr Range failuresRange{1, 1'000};
/// Of an answer that is an error.
inline constexpr Range errorStatusRange{400, 599};
inline constexpr Range rateRange{0, 1'000'000'000};
inline constexpr LargeRange budgetTokensRange{0, 1'000'000'000'000'000};
inline constexpr NumberRange moneyRange{0, 1'000'000'000};
inline constexpr NumberRange shareRange{0, 1};
/// In US dollars a million tokens.
inline constexpr NumberRange priceRange{0, 1'000'000};
inline constexpr Range daysRange{1, 3'650};
inline constexpr Range megabytesRange{1, 100'000};

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
QString wholeNumberRule(LargeRange range);
/// "a number from 0 to 1".
QString numberRule(NumberRange range);

} // namespace quaygate
