#pragma once

#include "gateway/config/rules.h"

#include <QtGlobal>

#include <atomic>
#include <chrono>

namespace quaygate {

/// Keeps one rate limit: a bucket that holds as much as the burst, is full at first, and fills at
/// the pace of the limit. Whatever is taken in a time is at most the burst and what that time
/// brings, less what was given back within it. (GCRA: all that is kept is the moment at which the
/// bucket will be full again.) Any thread; no lock.
class RateMeter {
public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;
    using Duration = std::chrono::nanoseconds;

    explicit RateMeter(const RateLimit &limit);

    /// What `wait` says of an amount that never is there: more than the burst.
    static constexpr Duration never = Duration::max();

    /// Takes it and gives 0, or takes nothing and says how long until it could be taken. An amount
    /// is not negative.
    Duration take(qint64 amount, Time now);
    /// What `take` would say, without taking.
    Duration wait(qint64 amount, Time now) const;

    /// After `take` of `reckoned`, when it is known what it really was: gives back what was too
    /// much, or takes what was too little even where that is not there; then the bucket owes, and
    /// nothing can be taken until time has paid. With 0 the whole is given back.
    void correct(qint64 reckoned, qint64 actual, Time now);

    /// What could be taken at once.
    qint64 remaining(Time now) const;
    /// How long until it is full again.
    Duration untilFull(Time now) const;

    qint64 burst() const { return m_burst; }

private:
    /// Nanoseconds that bring the amount; rounded up.
    qint64 costOf(qint64 amount) const;

    double m_nanosecondsEach; ///< 1e9 a second, 3.6e12 an hour: a double has room for far more
    qint64 m_burst;
    qint64 m_capacity;               ///< cost of the burst
    std::atomic<qint64> m_fullAt{0}; ///< since the clock's epoch; in the past: it is full
};

} // namespace quaygate
