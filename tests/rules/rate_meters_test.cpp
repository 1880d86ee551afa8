#include "gateway/rules/rate_meters.h"

#include <gtest/gtest.h>

#include <thread>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

constexpr RateMeter::Time start{std::chrono::hours(1000)};

RateLimit perMinute(int requests) {
    RateLimit limit;
    limit.requests = requests;
    return limit;
}

/// A key, a route and a backend, all called "same", with those limits.
Config configWith(const QList<RateLimit> &key, const QList<RateLimit> &route,
                  const QList<RateLimit> &backend) {
    Config config;
    config.clientKeys.append(ClientKey{});
    config.clientKeys.first().name = u"same"_s;
    config.clientKeys.first().rules.rateLimit = key;
    config.routes.append(Route{});
    config.routes.first().name = u"same"_s;
    config.routes.first().rules.rateLimit = route;
    config.backends.append(Backend{});
    config.backends.first().name = u"same"_s;
    config.backends.first().rateLimit = backend;
    return config;
}

Snapshot snapshotOf(const Config &config) {
    return std::make_shared<const Config>(config);
}

Snapshot withRouteLimits(const QList<RateLimit> &limits) {
    return snapshotOf(configWith({}, limits, {}));
}

const MeteredLimits &ofRoute(const std::shared_ptr<const MeteredConfig> &config) {
    return config->of(RateOwner::Route, u"same"_s);
}

TEST(RateMeters, KnowsWhoseLimitIsWhose) {
    RateMeters meters;
    const auto config = meters.of(
        snapshotOf(configWith({perMinute(1)}, {perMinute(2), perMinute(3)}, {perMinute(4)})));
    const auto &key = config->of(RateOwner::ClientKey, u"same"_s);
    const auto &backend = config->of(RateOwner::Backend, u"same"_s);
    ASSERT_EQ(key.size(), 1u);
    ASSERT_EQ(ofRoute(config).size(), 2u);
    ASSERT_EQ(backend.size(), 1u);
    EXPECT_EQ(key[0]->limit.requests, 1);
    EXPECT_EQ(ofRoute(config)[0]->limit.requests, 2);
    EXPECT_EQ(ofRoute(config)[1]->limit.requests, 3);
    EXPECT_EQ(backend[0]->limit.requests, 4);
    EXPECT_TRUE(config->of(RateOwner::Route, u"other"_s).empty());
    EXPECT_EQ(key[0]->inWords(), u"the client key \"same\" may make 1 request a minute"_s);
    EXPECT_EQ(backend[0]->inWords(), u"the backend \"same\" may make 4 requests a minute"_s);
    RateLimit tokens;
    tokens.tokens = 500;
    tokens.per = RateLimit::Per::Hour;
    EXPECT_EQ(MeteredLimit(RateOwner::Route, u"x"_s, tokens).inWords(),
              u"the route \"x\" may use 500 tokens an hour"_s);
}

TEST(RateMeters, AllWorkersShareOneMeter) {
    RateMeters meters;
    const Snapshot snapshot = withRouteLimits({perMinute(2)});
    const auto first = meters.of(snapshot);
    const auto second = meters.of(snapshot);
    EXPECT_EQ(first, second);
    EXPECT_EQ(ofRoute(first)[0]->meter.take(2, start).count(), 0);
    EXPECT_NE(ofRoute(second)[0]->meter.take(1, start).count(), 0);
}

TEST(RateMeters, ALimitOutlivesItsSnapshotIfItIsTheSameInTheNext) {
    RateMeters meters;
    ofRoute(meters.of(withRouteLimits({perMinute(2)})))[0]->meter.take(2, start);

    const auto next = meters.of(withRouteLimits({perMinute(9), perMinute(2)}));
    EXPECT_EQ(ofRoute(next)[0]->meter.remaining(start), 9);
    EXPECT_EQ(ofRoute(next)[1]->meter.remaining(start), 0);

    const auto changed = meters.of(withRouteLimits({perMinute(3)}));
    EXPECT_EQ(ofRoute(changed)[0]->meter.remaining(start), 3);
}

TEST(RateMeters, ALimitThatIsGoneIsForgotten) {
    RateMeters meters;
    const std::weak_ptr<MeteredLimit> limit =
        ofRoute(meters.of(withRouteLimits({perMinute(2)})))[0];
    EXPECT_FALSE(limit.expired());
    EXPECT_EQ(meters.size(), 1u);
    meters.of(withRouteLimits({}));
    EXPECT_TRUE(limit.expired());
    EXPECT_EQ(meters.size(), 0u);
    EXPECT_EQ(ofRoute(meters.of(withRouteLimits({perMinute(2)})))[0]->meter.remaining(start), 2);
}

TEST(RateMeters, TwoEqualLimitsAreTwo) {
    RateMeters meters;
    const auto config = meters.of(withRouteLimits({perMinute(2), perMinute(2)}));
    ASSERT_EQ(ofRoute(config).size(), 2u);
    EXPECT_NE(ofRoute(config)[0], ofRoute(config)[1]);
    const auto again = meters.of(withRouteLimits({perMinute(2), perMinute(2)}));
    EXPECT_EQ(ofRoute(config)[0], ofRoute(again)[0]);
    EXPECT_EQ(ofRoute(config)[1], ofRoute(again)[1]);
}

/// One worker is quicker than another by a snapshot, or asks for an old one.
TEST(RateMeters, TheOrderInWhichWorkersAskDoesNotMatter) {
    RateMeters meters;
    const Snapshot old = withRouteLimits({perMinute(2)});
    const Snapshot recent = withRouteLimits({perMinute(2), perMinute(5)});
    const auto quick = meters.of(recent);
    const auto slow = meters.of(old);
    const auto slowNext = meters.of(recent);
    EXPECT_EQ(ofRoute(quick)[0], ofRoute(slow)[0]);
    EXPECT_EQ(ofRoute(quick)[0], ofRoute(slowNext)[0]);
    EXPECT_EQ(ofRoute(quick)[1], ofRoute(slowNext)[1]);
}

TEST(RateMeters, WorkersMayAskAtOnce) {
    RateMeters meters;
    const Snapshot snapshots[] = {withRouteLimits({perMinute(2)}),
                                  withRouteLimits({perMinute(2), perMinute(3)})};
    const auto work = [&] {
        for (int i = 0; i < 200; ++i)
            ofRoute(meters.of(snapshots[i % 2]))[0]->meter.take(1, start);
    };
    std::thread other(work);
    work();
    other.join();
    EXPECT_EQ(ofRoute(meters.of(snapshots[0]))[0]->meter.remaining(start), 0);
}

} // namespace
} // namespace quaygate
