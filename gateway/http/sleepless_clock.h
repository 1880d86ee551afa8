#pragma once

#include <chrono>

#ifdef __linux__
#include <time.h>
#endif

namespace quaygate {

/// Steady, and runs on while the machine sleeps: what a peer remembers is forgotten by this clock.
/// On Linux std::chrono::steady_clock stands still meanwhile; elsewhere it does not.
struct SleeplessClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<SleeplessClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept {
#ifdef __linux__
        timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time);
        return time_point(std::chrono::seconds(time.tv_sec) +
                          std::chrono::nanoseconds(time.tv_nsec));
#else
        return time_point(std::chrono::duration_cast<duration>(
            std::chrono::steady_clock::now().time_since_epoch()));
#endif
    }
};

} // namespace quaygate
