#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <algorithm>

namespace quaygate::simulator {

/// The requests and tokens of one deployment in one minute. Counts down to zero and stays there;
/// the minute starts with its first request.
class QuotaCounter {
public:
    QuotaCounter(int requestsPerMinute, int tokensPerMinute)
        : m_requestLimit(requestsPerMinute), m_tokenLimit(tokensPerMinute) {}

    /// One more request. Renews the counters when a minute has passed.
    void countRequest(Instant now) {
        if (now - m_start >= period || now < m_start) {
            m_start = now;
            m_requests = 0;
            m_tokens = 0;
        }
        m_usedUp = m_requests >= m_requestLimit || m_tokens >= m_tokenLimit;
        m_requests = std::min(m_requests + 1, m_requestLimit);
    }

    void countTokens(int tokens) {
        m_lastTokens = tokens;
        m_tokens += std::min(tokens, m_tokenLimit - m_tokens);
    }

    int requestLimit() const { return m_requestLimit; }
    int tokenLimit() const { return m_tokenLimit; }
    int remainingRequests() const { return m_requestLimit - m_requests; }
    int remainingTokens() const { return m_tokenLimit - m_tokens; }
    /// What the last request took.
    int lastTokens() const { return m_lastTokens; }
    /// The last request came when nothing was left.
    bool usedUp() const { return m_usedUp; }

    int renewsIn(Instant now) const {
        const auto left = std::chrono::ceil<std::chrono::seconds>(m_start + period - now);
        return std::clamp(static_cast<int>(left.count()), 1, periodSeconds);
    }

    static constexpr int periodSeconds = 60;

private:
    static constexpr std::chrono::seconds period{periodSeconds};

    int m_requestLimit;
    int m_tokenLimit;
    int m_requests = 0;
    int m_tokens = 0;
    int m_lastTokens = 0;
    bool m_usedUp = false;
    Instant m_start{};
};

} // namespace quaygate::simulator
