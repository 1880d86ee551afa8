#include "gateway/rules/rate_taking.h"
#include "gateway/rules/token_reckoning.h"
#include "tests/bench/rules/part.h"
#include "tests/bench/rules/timing.h"

using namespace Qt::StringLiterals;

namespace quaygate::bench {

namespace {

constexpr int ownerCount = 10'000;

RateLimit limitOf(int requests, int tokens) {
    RateLimit limit;
    limit.requests = requests;
    limit.tokens = tokens;
    limit.per = RateLimit::Per::Second;
    return limit;
}

Snapshot limitedConfig() {
    Config config;
    for (int i = 0; i < ownerCount; ++i) {
        ClientKey key;
        key.name = u"key-%1"_s.arg(i);
        key.rules.rateLimit = {limitOf(2'000'000'000, 0), limitOf(0, 2'000'000'000)};
        config.clientKeys.append(key);
        Route route;
        route.name = u"route-%1"_s.arg(i);
        route.rules.rateLimit = {limitOf(2'000'000'000, 0)};
        config.routes.append(route);
    }
    return std::make_shared<const Config>(config);
}

} // namespace

QList<Row> measureRates() {
    RateMeters meters;
    const auto rates = meters.of(limitedConfig());
    const QString key = u"key-5000"_s;
    const QString route = u"route-5000"_s;
    const double taken = nanosecondsOf([&](int) {
        const auto now = RateMeter::Clock::now();
        TakenRates some(
            {&rates->of(RateOwner::ClientKey, key), &rates->of(RateOwner::Route, route)}, 500, now);
        some.settle(300, now);
        use(some);
    });
    const QByteArray body =
        R"({"model":"gpt-4.1","max_tokens":500,"messages":[{"role":"user","content":")" +
        QByteArray("The quay was quiet. ").repeated(5'000) + "\"}]}";
    const double reckoned = nanosecondsOf([&](int) { use(reckonTokens(body)); }, 200);
    return {{u"three rate limits of 30,000, taken and settled"_s, taken, 5'000, u"ns"_s},
            {u"tokens of a request of 100 kB, reckoned"_s, reckoned / 1'000, 500, u"us"_s}};
}

} // namespace quaygate::bench
