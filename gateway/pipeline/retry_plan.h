#pragma once

#include "gateway/config/config.h"

#include <chrono>
#include <random>

namespace quaygate {

/// How often and how patiently one request is tried. Pure but for `random`.
class RetryPlan {
public:
    using Duration = std::chrono::steady_clock::duration;

    /// Without a rule each of the backends is asked once, and nothing is waited for.
    RetryPlan(const std::optional<Retry> &rule, std::size_t backends);

    bool isRetried(int status) const { return m_rule.statuses.contains(status); }
    int left() const { return m_rule.attempts - m_tried; }
    void tried() { ++m_tried; }

    /// Before the same backend is asked once more, having been asked `tries` times: doubled each
    /// time, between half and all of that by chance, so that clients that failed together do not
    /// come back together.
    Duration backoff(int tries, std::minstd_rand &random) const;

    /// Takes a wait out of what the rule allows in all; false if that is not enough.
    bool mayWait(Duration wait);

private:
    Retry m_rule;
    int m_tried = 0;
    Duration m_patience;
};

} // namespace quaygate
