#include "gateway/rules/rate_taking.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using namespace std::chrono_literals;
using Per = RateLimit::Per;

constexpr RateMeter::Time start{1000h};

std::shared_ptr<MeteredLimit> limitOf(RateOwner owner, int requests, int tokens, Per per,
                                      int burst = 0) {
    RateLimit limit;
    limit.requests = requests;
    limit.tokens = tokens;
    limit.per = per;
    limit.burst = burst;
    return std::make_shared<MeteredLimit>(owner, u"azure"_s, limit);
}

std::string value(const HeaderList &headers, QByteArrayView name) {
    return headers.value(name).value_or("none").toStdString();
}

TEST(TakenRates, TakesOneRequestAndTheTokensReckoned) {
    const MeteredLimits key{limitOf(RateOwner::ClientKey, 10, 0, Per::Minute)};
    const MeteredLimits route{limitOf(RateOwner::Route, 0, 1000, Per::Minute)};
    const TakenRates taken({&key, &route}, 300, start);
    EXPECT_FALSE(taken.refusal());
    EXPECT_EQ(key[0]->meter.remaining(start), 9);
    EXPECT_EQ(route[0]->meter.remaining(start), 700);
}

TEST(TakenRates, TakesFromAllOrFromNone) {
    const MeteredLimits key{limitOf(RateOwner::ClientKey, 10, 0, Per::Minute),
                            limitOf(RateOwner::ClientKey, 0, 1000, Per::Minute)};
    const MeteredLimits route{limitOf(RateOwner::Route, 1, 0, Per::Minute)};
    EXPECT_FALSE(TakenRates({&key, &route}, 100, start).refusal());
    TakenRates refused({&key, &route}, 100, start);
    ASSERT_TRUE(refused.refusal());
    EXPECT_EQ(refused.refusal()->limit, route[0]);
    refused.settle(5000, start);
    EXPECT_EQ(key[0]->meter.remaining(start), 9);
    EXPECT_EQ(key[1]->meter.remaining(start), 900);
}

/// What another thread took between the question and the taking, here by the same limit twice.
TEST(TakenRates, GivesBackWhatItTookBeforeItWasTooLate) {
    const MeteredLimits key{limitOf(RateOwner::ClientKey, 10, 0, Per::Minute)};
    const MeteredLimits route{limitOf(RateOwner::Route, 1, 0, Per::Minute)};
    const TakenRates refused({&key, &route, &route}, 1, start);
    ASSERT_TRUE(refused.refusal());
    EXPECT_EQ(refused.refusal()->limit, route[0]);
    EXPECT_EQ(key[0]->meter.remaining(start), 10);
    EXPECT_EQ(route[0]->meter.remaining(start), 1);
}

TEST(TakenRates, ARefusalSaysWhichLimitAndForHowLong) {
    const MeteredLimits some{limitOf(RateOwner::Route, 60, 0, Per::Minute, 1)};
    const MeteredLimits more{limitOf(RateOwner::ClientKey, 1, 0, Per::Hour)};
    EXPECT_FALSE(TakenRates({&some, &more}, 1, start).refusal());

    const TakenRates refused({&some, &more}, 1, start + 500ms);
    ASSERT_TRUE(refused.refusal());
    const RateRefusal &refusal = *refused.refusal();
    EXPECT_EQ(refusal.limit, more[0]) << "the one that takes longest";
    EXPECT_EQ(refusal.wait, 1h - 500ms);
    EXPECT_EQ(refusal.error.code, ErrorCode::RateLimited);
    EXPECT_EQ(refusal.error.message,
              u"The client key \"azure\" may make 1 request an hour, and that is used up; try "
              "again in 3600 seconds."_s);
    EXPECT_EQ(value(refusal.headers, "Retry-After"), "3600") << "rounded up";
    EXPECT_EQ(value(refusal.headers, "retry-after-ms"), "3599500");
    EXPECT_EQ(value(refusal.headers, "x-ratelimit-limit-requests"), "1");
    EXPECT_EQ(value(refusal.headers, "x-ratelimit-remaining-requests"), "0");
    EXPECT_EQ(value(refusal.headers, "x-ratelimit-reset-requests"), "1h0m0s");
    EXPECT_EQ(value(refusal.headers, "x-should-retry"), "none");

    const TakenRates soon({&some}, 1, start + 500ms);
    EXPECT_TRUE(soon.refusal()->error.message.endsWith(u"try again in 1 second."_s));
    EXPECT_EQ(value(soon.refusal()->headers, "Retry-After"), "1");
    EXPECT_EQ(value(soon.refusal()->headers, "retry-after-ms"), "500");
}

TEST(TakenRates, WaitingAsToldIsEnough) {
    const MeteredLimits some{limitOf(RateOwner::Route, 7, 0, Per::Minute, 1),
                             limitOf(RateOwner::Route, 0, 1300, Per::Hour, 100)};
    RateMeter::Time now = start;
    for (int i = 0; i < 20; ++i) {
        const TakenRates taken({&some}, 37, now);
        if (!taken.refusal())
            continue;
        now += std::chrono::milliseconds(
            taken.refusal()->headers.value("retry-after-ms").value_or("").toLongLong());
        EXPECT_FALSE(TakenRates({&some}, 37, now).refusal());
    }
}

TEST(TakenRates, WhatIsTooLargeIsNotToBeTriedAgain) {
    const MeteredLimits some{limitOf(RateOwner::Backend, 0, 1000, Per::Minute, 200)};
    const TakenRates refused({&some}, 201, start);
    ASSERT_TRUE(refused.refusal());
    EXPECT_EQ(refused.refusal()->wait, RateMeter::never);
    EXPECT_EQ(refused.refusal()->error.message,
              u"The backend \"azure\" may use 1000 tokens a minute, 200 of them at once, and this "
              "request alone is reckoned at 201; send less or ask for a shorter answer."_s);
    EXPECT_EQ(value(refused.refusal()->headers, "x-should-retry"), "false");
    EXPECT_EQ(value(refused.refusal()->headers, "Retry-After"), "none");
    EXPECT_EQ(value(refused.refusal()->headers, "x-ratelimit-remaining-tokens"), "200");
}

TEST(TakenRates, SettlesTokensOnceAndRequestsNever) {
    const MeteredLimits some{limitOf(RateOwner::Route, 10, 0, Per::Minute),
                             limitOf(RateOwner::Route, 0, 1000, Per::Minute)};
    TakenRates taken({&some}, 300, start);
    taken.settle(120, start);
    taken.settle(0, start);
    EXPECT_EQ(some[0]->meter.remaining(start), 9);
    EXPECT_EQ(some[1]->meter.remaining(start), 880);
    TakenRates nothing({&some}, 300, start);
    nothing.settle(0, start);
    EXPECT_EQ(some[1]->meter.remaining(start), 880);
}

TEST(TakenRates, ARequestOfNoTokensWaitsWhileThereIsADebt) {
    const MeteredLimits some{limitOf(RateOwner::Route, 0, 60, Per::Minute)};
    TakenRates taken({&some}, 1, start);
    taken.settle(90, start);
    const TakenRates refused({&some}, 0, start);
    ASSERT_TRUE(refused.refusal());
    EXPECT_EQ(refused.refusal()->error.message,
              u"The route \"azure\" may use 60 tokens a minute, and the 1 that this request is "
              "reckoned at are not left of that; try again in 31 seconds."_s);
    EXPECT_FALSE(TakenRates({&some}, 0, start + 31s).refusal());
}

TEST(TakenRates, TellsOfTheLimitNearestToItsEnd) {
    const MeteredLimits some{limitOf(RateOwner::Route, 100, 0, Per::Minute),
                             limitOf(RateOwner::Route, 3600, 0, Per::Hour, 4)};
    const MeteredLimits more{limitOf(RateOwner::ClientKey, 0, 2000, Per::Second)};
    const TakenRates taken({&some, &more}, 150, start);
    HeaderList headers{{"x-ratelimit-remaining-requests", "7777"},
                       {"X-RateLimit-Reset-Tokens", "7"},
                       {"x-request-id", "1"}};
    taken.setHeaders(headers, start);
    EXPECT_EQ(value(headers, "x-ratelimit-limit-requests"), "3600");
    EXPECT_EQ(value(headers, "x-ratelimit-remaining-requests"), "3");
    EXPECT_EQ(value(headers, "x-ratelimit-reset-requests"), "1s");
    EXPECT_EQ(value(headers, "x-ratelimit-limit-tokens"), "2000");
    EXPECT_EQ(value(headers, "x-ratelimit-remaining-tokens"), "1850");
    EXPECT_EQ(value(headers, "x-ratelimit-reset-tokens"), "75ms");
    EXPECT_EQ(headers.count("x-ratelimit-remaining-requests"), 1);
    EXPECT_EQ(headers.count("x-ratelimit-reset-tokens"), 1);
    taken.setHeaders(headers, start + 1h);
    EXPECT_EQ(value(headers, "x-ratelimit-reset-tokens"), "0s");
}

TEST(TakenRates, LeavesTheUpstreamsHeadersWhereThereIsNoLimit) {
    HeaderList headers{{"x-ratelimit-remaining-requests", "7777"}};
    TakenRates({}, 1, start).setHeaders(headers, start);
    EXPECT_EQ(value(headers, "x-ratelimit-remaining-requests"), "7777");
}

TEST(TakenRates, TokensAreReckonedOnlyWhereTheyCount) {
    const MeteredLimits none;
    const MeteredLimits some{limitOf(RateOwner::Route, 1, 0, Per::Minute)};
    const MeteredLimits more{limitOf(RateOwner::Route, 1, 0, Per::Minute),
                             limitOf(RateOwner::ClientKey, 0, 1, Per::Second)};
    EXPECT_FALSE(countTokens({}));
    EXPECT_FALSE(countTokens({&none, &some}));
    EXPECT_TRUE(countTokens({&some, &more}));
}

} // namespace
} // namespace quaygate
