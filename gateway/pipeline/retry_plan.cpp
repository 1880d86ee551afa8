#include "gateway/pipeline/retry_plan.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

Retry ruleFor(const std::optional<Retry> &rule, std::size_t backends) {
    if (rule)
        return *rule;
    Retry each;
    each.attempts = static_cast<int>(backends);
    each.maxWait = 0ms;
    return each;
}

} // namespace

RetryPlan::RetryPlan(const std::optional<Retry> &rule, std::size_t backends)
    : m_rule(ruleFor(rule, backends)), m_patience(m_rule.maxWait) {
}

RetryPlan::Duration RetryPlan::backoff(int tries, std::minstd_rand &random) const {
    const Duration whole = m_rule.backoff * (1 << std::clamp(tries - 1, 0, 16));
    return whole / 2 +
           Duration(std::uniform_int_distribution<Duration::rep>(0, whole.count() / 2)(random));
}

bool RetryPlan::mayWait(Duration wait) {
    if (wait > m_patience)
        return false;
    m_patience -= wait;
    return true;
}

} // namespace quaygate
