#include "gateway/rules/rate_meter.h"

#include <algorithm>
#include <cmath>

namespace quaygate {

namespace {

/// A debt for longer than that cannot come of an honest count; it keeps the sums in their range.
constexpr double longestCost = 3.15e16; // a year

double nanosecondsOf(RateLimit::Per per) {
    switch (per) {
    case RateLimit::Per::Second:
        return 1e9;
    case RateLimit::Per::Minute:
        return 60e9;
    case RateLimit::Per::Hour:
        break;
    }
    return 3600e9;
}

qint64 sinceEpoch(RateMeter::Time time) {
    return std::chrono::duration_cast<RateMeter::Duration>(time.time_since_epoch()).count();
}

} // namespace

RateMeter::RateMeter(const RateLimit &limit)
    : m_nanosecondsEach(nanosecondsOf(limit.per) / std::max({limit.requests, limit.tokens, 1}))
    , m_burst(limit.burst > 0 ? limit.burst : std::max({limit.requests, limit.tokens, 1}))
    , m_capacity(costOf(m_burst)) {
}

qint64 RateMeter::costOf(qint64 amount) const {
    return qint64(std::min(std::ceil(double(amount) * m_nanosecondsEach), longestCost));
}

RateMeter::Duration RateMeter::take(qint64 amount, Time now) {
    if (amount > m_burst)
        return never;
    const qint64 at = sinceEpoch(now);
    const qint64 cost = costOf(amount);
    qint64 before = m_fullAt.load(std::memory_order_relaxed);
    for (;;) {
        const qint64 after = std::max(before, at) + cost;
        if (const qint64 tooEarly = after - at - m_capacity; tooEarly > 0)
            return Duration(tooEarly);
        if (m_fullAt.compare_exchange_weak(before, after, std::memory_order_relaxed))
            return Duration(0);
    }
}

RateMeter::Duration RateMeter::wait(qint64 amount, Time now) const {
    if (amount > m_burst)
        return never;
    const qint64 tooEarly = untilFull(now).count() + costOf(amount) - m_capacity;
    return Duration(std::max<qint64>(tooEarly, 0));
}

void RateMeter::correct(qint64 reckoned, qint64 actual, Time now) {
    const qint64 at = sinceEpoch(now);
    const qint64 more = costOf(actual) - costOf(reckoned);
    if (more == 0)
        return;
    qint64 before = m_fullAt.load(std::memory_order_relaxed);
    while (!m_fullAt.compare_exchange_weak(
        before, std::min(std::max(before, at) + more, at + qint64(longestCost)),
        std::memory_order_relaxed)) {
    }
}

qint64 RateMeter::remaining(Time now) const {
    const qint64 left = m_capacity - untilFull(now).count();
    return std::clamp<qint64>(qint64(std::floor(double(left) / m_nanosecondsEach)), 0, m_burst);
}

RateMeter::Duration RateMeter::untilFull(Time now) const {
    const qint64 fullAt = m_fullAt.load(std::memory_order_relaxed);
    return Duration(std::max<qint64>(fullAt - sinceEpoch(now), 0));
}

} // namespace quaygate
