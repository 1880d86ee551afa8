#include "gateway/pipeline/backend_choice.h"

#include <gtest/gtest.h>

#include <array>

using namespace std::chrono_literals;

namespace quaygate {
namespace {

struct ShareCase {
    const char *name;
    std::vector<CandidateState> states;
    std::vector<double> shares; ///< of many choices; -1: any
};

void PrintTo(const ShareCase &row, std::ostream *out) {
    *out << row.name;
}

class Shares : public testing::TestWithParam<ShareCase> {};

TEST_P(Shares, AreThese) {
    std::minstd_rand random(7);
    constexpr int draws = 20'000;
    std::vector<int> counts(GetParam().states.size());
    int none = 0;
    for (int i = 0; i < draws; ++i) {
        if (const auto index = chooseBackend(GetParam().states, random))
            ++counts[*index];
        else
            ++none;
    }
    double expected = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        expected += GetParam().shares[i];
        EXPECT_NEAR(counts[i] / double(draws), GetParam().shares[i], 0.015) << i;
    }
    EXPECT_EQ(none > 0, expected == 0);
}

CandidateState state(int weight, int priority, int inFlight = 0,
                     BackendHealth::Duration latency = {}, int tries = 0, bool isReady = true) {
    return {weight, priority, inFlight, latency, tries, isReady};
}

INSTANTIATE_TEST_SUITE_P(
    Table, Shares,
    testing::Values(
        ShareCase{"nobody", {}, {}}, ShareCase{"one", {state(1, 0)}, {1}},
        ShareCase{"weights", {state(3, 0), state(1, 0)}, {0.75, 0.25}},
        ShareCase{"weightZeroNever", {state(0, 0), state(1, 0)}, {0, 1}},
        ShareCase{"allOfWeightZero", {state(0, 0)}, {0}},
        ShareCase{"lowerPriorityFirst", {state(1, 1), state(1, 0)}, {0, 1}},
        ShareCase{"nextPriorityOnceTheFirstIsNotReady",
                  {state(1, 1), state(1, 0, 0, {}, 0, false)},
                  {1, 0}},
        ShareCase{"theUntriedBeforeTheTried",
                  {state(1, 1), state(1, 0, 0, {}, 1), state(1, 0, 0, {}, 1)},
                  {1, 0, 0}},
        ShareCase{"theBusyLess", {state(1, 0, 2), state(1, 0, 0)}, {0.25, 0.75}},
        ShareCase{
            "theSlowLess", {state(1, 0, 0, 100ms), state(1, 0, 0, 250ms)}, {2.0 / 3, 1.0 / 3}},
        ShareCase{"theVerySlowStillSome", {state(1, 0, 0, 10ms), state(1, 0, 0, 60s)}, {0.8, 0.2}},
        ShareCase{"noiseDoesNotCount", {state(1, 0, 0, 100us), state(1, 0, 0, 400us)}, {0.5, 0.5}},
        ShareCase{"theUnmeasuredAsTheFastest", {state(1, 0, 0, 100ms), state(1, 0)}, {0.5, 0.5}},
        ShareCase{"nobodyReady", {state(1, 0, 0, {}, 0, false)}, {0}}),
    [](const auto &row) { return std::string(row.param.name); });

class Health : public testing::Test {
protected:
    BackendHealth health;
    BackendHealth::Time now{std::chrono::hours(1)};
    Cooldown cooldown{3, 30s};

    void fail(std::optional<BackendHealth::Duration> pause = {}) {
        health.failed(now, cooldown, pause);
    }
};

TEST_F(Health, IsSetAsideAfterSoManyFailuresInARow) {
    fail();
    fail();
    EXPECT_TRUE(health.admit(now));
    health.answered(1ms);
    fail();
    fail();
    EXPECT_TRUE(health.admit(now));
    fail();
    EXPECT_FALSE(health.admit(now));
    EXPECT_EQ(health.readyAt(now), now + 30s);
    EXPECT_FALSE(health.admit(now + 29s));
}

TEST_F(Health, IsTriedAgainByOneRequest) {
    for (int i = 0; i < 3; ++i)
        fail();
    now += 30s;
    EXPECT_TRUE(health.wouldAdmit(now));
    EXPECT_TRUE(health.admit(now));
    EXPECT_FALSE(health.wouldAdmit(now));
    EXPECT_FALSE(health.admit(now));
    EXPECT_GT(health.readyAt(now), now);
    health.answered(std::nullopt);
    EXPECT_TRUE(health.admit(now));
    EXPECT_TRUE(health.admit(now));
}

TEST_F(Health, AFailedTrialSetsItAsideAtOnce) {
    for (int i = 0; i < 3; ++i)
        fail();
    now += 30s;
    EXPECT_TRUE(health.admit(now));
    fail();
    EXPECT_FALSE(health.admit(now));
    EXPECT_EQ(health.readyAt(now), now + 30s);
}

TEST_F(Health, ATrialThatTellsNothingLetsAnotherTry) {
    for (int i = 0; i < 3; ++i)
        fail();
    now += 30s;
    EXPECT_TRUE(health.admit(now));
    health.gaveUp();
    EXPECT_TRUE(health.admit(now));
    EXPECT_FALSE(health.admit(now + 29s));
    EXPECT_TRUE(health.admit(now + 31s)) << "a trial may last for ever";
}

TEST_F(Health, WhatItSaysItselfCountsFromTheFirstFailureOn) {
    fail(5s);
    EXPECT_FALSE(health.admit(now + 4s));
    EXPECT_TRUE(health.admit(now + 5s));
    fail(24h);
    EXPECT_EQ(health.readyAt(now), now + 10min) << "bounded";
}

TEST_F(Health, RemembersHowFastItIs) {
    health.answered(80ms);
    EXPECT_EQ(health.latency(), 80ms);
    health.answered(160ms);
    EXPECT_EQ(health.latency(), 90ms);
    health.answered(std::nullopt);
    EXPECT_EQ(health.latency(), 90ms);
}

TEST(HealthBoard, KeepsTheHealthOfWhatStaysTheSame) {
    HealthBoard board;
    Backend backend;
    backend.name = QStringLiteral("east");
    backend.endpoint = QStringLiteral("a");
    const auto health = board.of(backend);
    backend.http2 = true;
    EXPECT_EQ(board.of(backend), health);
    EXPECT_EQ(board.find(backend.name), health);
    backend.endpoint = QStringLiteral("b");
    EXPECT_NE(board.of(backend), health);
    EXPECT_EQ(board.find(QStringLiteral("west")), nullptr);
}

} // namespace
} // namespace quaygate
