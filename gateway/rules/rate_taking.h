#pragma once

#include "gateway/http/header_list.h"
#include "gateway/result.h"
#include "gateway/rules/rate_meters.h"

#include <initializer_list>
#include <optional>

namespace quaygate {

/// Why a request may not go on, and the answer's part of it.
struct RateRefusal {
    Error error; ///< RateLimited, naming the limit and how long to wait
    /// Retry-After and retry-after-ms, or x-should-retry: false; x-ratelimit-*.
    HeaderList headers;
    RateMeter::Duration wait{0}; ///< RateMeter::never: it asks for more than the limit ever allows
    std::shared_ptr<const MeteredLimit> limit;
};

/// What one request, or one attempt at a backend, has taken of the limits that hold for it. Lives
/// on one thread. Nothing is given back by itself: what is never settled was as reckoned.
class TakenRates {
public:
    /// Of a request 1 and of tokens `tokens`, at least 1: from every limit given, or from none
    /// (then `refusal` is set). Limits asked at the same moment by others may see for that moment
    /// what is given back.
    TakenRates(std::initializer_list<const MeteredLimits *> limits, qint64 tokens,
               RateMeter::Time now);

    const std::optional<RateRefusal> &refusal() const { return m_refusal; }

    /// What it really cost, once that is known. 0: nothing was sent, or nothing was answered. Only
    /// the first call counts.
    void settle(qint64 tokens, RateMeter::Time now);

    /// x-ratelimit-limit-requests, -remaining-requests, -reset-requests and the same for tokens, of
    /// the limit that is nearest to its end. Those that the upstream sent are replaced, for they
    /// tell of one backend.
    void setHeaders(HeaderList &headers, RateMeter::Time now) const;

private:
    void refuse(const std::shared_ptr<MeteredLimit> &limit, RateMeter::Duration wait,
                RateMeter::Time now);
    qint64 amountOf(const MeteredLimit &limit) const;
    void giveBack(RateMeter::Time now);

    MeteredLimits m_limits; ///< taken from
    qint64 m_tokens;        ///< reckoned
    bool m_settled = false;
    std::optional<RateRefusal> m_refusal;
};

/// Whether any of them counts tokens, so that they must be reckoned.
bool countTokens(std::initializer_list<const MeteredLimits *> limits);

} // namespace quaygate
