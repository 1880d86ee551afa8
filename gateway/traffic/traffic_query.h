#pragma once

#include "gateway/traffic/traffic_record.h"

#include <optional>

namespace quaygate {

/// Which records are wanted; whatever is set must hold. Names are compared as they are.
struct TrafficQuery {
    enum class Order { NewestFirst, OldestFirst };

    int limit = 100; ///< 1 to `mostRecords`
    Order order = Order::NewestFirst;
    std::optional<qint64> before = {}; ///< numbers below it: the next page
    std::optional<qint64> after = {};  ///< numbers above it: what is new
    std::optional<TrafficRecord::Clock::time_point> since = {};
    std::optional<TrafficRecord::Clock::time_point> until = {}; ///< not itself
    std::optional<QString> route = {};
    std::optional<QString> clientKey = {};
    std::optional<QString> model = {}; ///< asked, sent or returned
    bool failedOnly = false;           ///< status 400 and above, none at all, or an error
    bool bodies = false;               ///< whether the bodies come too, where there are any

    static constexpr int mostRecords = 10'000;
};

} // namespace quaygate
