#include "gateway/rules/rate_taking.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// "6m0s", "12s", "20ms", as OpenAI writes it; rounded up.
QByteArray resetText(RateMeter::Duration time) {
    if (time.count() > 0 && time < seconds(1))
        return QByteArray::number(qint64(std::chrono::ceil<milliseconds>(time).count())) + "ms";
    const qint64 whole = std::chrono::ceil<seconds>(time).count();
    QByteArray text;
    if (whole >= 3600)
        text += QByteArray::number(whole / 3600) + 'h';
    if (whole >= 60)
        text += QByteArray::number(whole / 60 % 60) + 'm';
    return text + QByteArray::number(whole % 60) + 's';
}

void setLimitHeaders(HeaderList &headers, const MeteredLimit &limit, RateMeter::Time now) {
    const bool tokens = limit.countsTokens();
    const QByteArray what = tokens ? "tokens" : "requests";
    headers.set("x-ratelimit-limit-" + what,
                QByteArray::number(tokens ? limit.limit.tokens : limit.limit.requests));
    headers.set("x-ratelimit-remaining-" + what, QByteArray::number(limit.meter.remaining(now)));
    headers.set("x-ratelimit-reset-" + what, resetText(limit.meter.untilFull(now)));
}

QString sentence(const MeteredLimit &limit) {
    QString words = limit.inWords();
    words[0] = words.at(0).toUpper();
    return words;
}

Error tooSoon(const MeteredLimit &limit, qint64 tokens, qint64 wait) {
    const QString why =
        limit.countsTokens()
            ? u"the %1 that this request is reckoned at are not left of that"_s.arg(tokens)
            : u"that is used up"_s;
    return {ErrorCode::RateLimited,
            u"%1, and %2; try again in %3 second%4."_s.arg(sentence(limit), why)
                .arg(wait)
                .arg(wait == 1 ? QString() : u"s"_s),
            {}};
}

Error tooMuch(const MeteredLimit &limit, qint64 tokens) {
    return {ErrorCode::RateLimited,
            u"%1, %2 of them at once, and this request alone is reckoned at %3; send less or ask "
            "for a shorter answer."_s.arg(sentence(limit))
                .arg(limit.meter.burst())
                .arg(tokens),
            {}};
}

/// Which share of the burst is left.
double shareLeft(const MeteredLimit &limit, RateMeter::Time now) {
    return double(limit.meter.remaining(now)) / double(limit.meter.burst());
}

} // namespace

TakenRates::TakenRates(std::initializer_list<const MeteredLimits *> limits, qint64 tokens,
                       RateMeter::Time now)
    : m_tokens(std::max<qint64>(tokens, 1)) {
    std::shared_ptr<MeteredLimit> slowest;
    RateMeter::Duration longest(0);
    const auto refusedBy = [&](const std::shared_ptr<MeteredLimit> &limit,
                               RateMeter::Duration wait) {
        if (wait > longest) {
            slowest = limit;
            longest = wait;
        }
    };
    // All are asked before any is taken from, so that the answer names the longest time.
    for (const MeteredLimits *const some : limits)
        for (const auto &limit : *some)
            refusedBy(limit, limit->meter.wait(amountOf(*limit), now));
    for (const MeteredLimits *const some : limits) {
        for (const auto &limit : *some) {
            if (slowest)
                break;
            const RateMeter::Duration wait = limit->meter.take(amountOf(*limit), now);
            refusedBy(limit, wait); // another thread was quicker
            if (wait.count() == 0)
                m_limits.push_back(limit);
        }
    }
    if (slowest) {
        giveBack(now);
        refuse(slowest, longest, now);
    }
}

qint64 TakenRates::amountOf(const MeteredLimit &limit) const {
    return limit.countsTokens() ? m_tokens : 1;
}

void TakenRates::giveBack(RateMeter::Time now) {
    for (const auto &limit : m_limits)
        limit->meter.correct(amountOf(*limit), 0, now);
    m_limits.clear();
}

void TakenRates::refuse(const std::shared_ptr<MeteredLimit> &limit, RateMeter::Duration wait,
                        RateMeter::Time now) {
    RateRefusal refusal;
    refusal.limit = limit;
    refusal.wait = wait;
    if (wait == RateMeter::never) {
        refusal.error = tooMuch(*limit, m_tokens);
        refusal.headers.append("x-should-retry", "false"); // OpenAI's clients know it
    } else {
        const qint64 whole = std::chrono::ceil<seconds>(wait).count();
        const qint64 exact = std::chrono::ceil<milliseconds>(wait).count();
        refusal.error = tooSoon(*limit, m_tokens, whole);
        refusal.headers.append("Retry-After", QByteArray::number(whole));
        refusal.headers.append("retry-after-ms", QByteArray::number(exact));
    }
    setLimitHeaders(refusal.headers, *limit, now);
    m_refusal = std::move(refusal);
}

void TakenRates::settle(qint64 tokens, RateMeter::Time now) {
    if (std::exchange(m_settled, true))
        return;
    for (const auto &limit : m_limits) {
        if (limit->countsTokens())
            limit->meter.correct(m_tokens, std::max<qint64>(tokens, 0), now);
    }
}

void TakenRates::setHeaders(HeaderList &headers, RateMeter::Time now) const {
    for (const bool tokens : {false, true}) {
        const MeteredLimit *nearest = nullptr;
        for (const auto &limit : m_limits) {
            if (limit->countsTokens() != tokens)
                continue;
            if (!nearest || shareLeft(*limit, now) < shareLeft(*nearest, now))
                nearest = limit.get();
        }
        if (nearest)
            setLimitHeaders(headers, *nearest, now);
    }
}

bool countTokens(std::initializer_list<const MeteredLimits *> limits) {
    return std::any_of(limits.begin(), limits.end(), [](const MeteredLimits *some) {
        return std::any_of(some->begin(), some->end(),
                           [](const auto &limit) { return limit->countsTokens(); });
    });
}

} // namespace quaygate
