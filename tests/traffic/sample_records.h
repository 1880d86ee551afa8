#pragma once

#include "gateway/traffic/traffic_record.h"

#include <chrono>

namespace quaygate::test {

/// 2026-03-31 12:00:00 UTC and so many seconds.
inline TrafficRecord::Clock::time_point noon(int seconds = 0) {
    return TrafficRecord::Clock::time_point(std::chrono::seconds(1774958400 + seconds));
}

/// A record in which every member is set.
TrafficRecord fullRecord(int seconds = 0);

/// A record of a request that was refused before anything was known of it.
TrafficRecord bareRecord(int seconds = 0);

} // namespace quaygate::test
