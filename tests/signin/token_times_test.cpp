#include "gateway/signin/token_times.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace quaygate {
namespace {

const WallTime start{1795356000s};

AccessToken lasting(std::chrono::milliseconds life,
                    std::optional<std::chrono::milliseconds> refresh = {}) {
    AccessToken token{Secret(), start + life, {}};
    if (refresh)
        token.refresh = start + *refresh;
    return token;
}

TEST(TokenTimes, ATokenIsUsedUntilALittleBeforeItsEnd) {
    EXPECT_EQ(usableUntil(lasting(1h), start), start + 1h - 30s);
    EXPECT_EQ(usableUntil(lasting(1min), start), start + 54s);
    EXPECT_EQ(usableUntil(lasting(-1min), start), start - 1min);
}

TEST(TokenTimes, ItIsRenewedWhenTheServiceSaysOrBeforeItsEnd) {
    EXPECT_EQ(renewalTime(lasting(1h), start, 0), start + 55min);
    EXPECT_EQ(renewalTime(lasting(1h), start, 1), start + 54min);
    EXPECT_EQ(renewalTime(lasting(6min), start, 0), start + 3min);
    EXPECT_EQ(renewalTime(lasting(6min), start, 1), start + 3min - 18s);
    EXPECT_EQ(renewalTime(lasting(24h, 12h), start, 0), start + 12h);
    EXPECT_EQ(renewalTime(lasting(1h, 2h), start, 0), start + 55min) << "never after its end";
    EXPECT_LE(renewalTime(lasting(0s), start, 1), start);
}

TEST(TokenTimes, PausesGrowUpToALimitAndHeedWhatWasAsked) {
    EXPECT_EQ(pauseAfterFailure(1, {}, 0.5), 1s);
    EXPECT_EQ(pauseAfterFailure(3, {}, 0.5), 4s);
    EXPECT_EQ(pauseAfterFailure(1000, {}, 0.5), 30s);
    EXPECT_EQ(pauseAfterFailure(1, 10s, 0.5), 10s);
    EXPECT_EQ(pauseAfterFailure(1, 0s, 0.5), 1s);
    EXPECT_EQ(pauseAfterFailure(1, 24h, 0.5), 5min) << "nobody waits for a day";
    EXPECT_EQ(pauseOfRenewal(1, {}, 0.5), 30s);
    EXPECT_EQ(pauseOfRenewal(1000, {}, 0.5), 10min);
    EXPECT_LT(pauseOfRenewal(1, {}, 0), pauseOfRenewal(1, {}, 0.99));
}

TEST(TokenTimes, TheRealClockRuns) {
    const TokenClock clock = TokenClock::real();
    EXPECT_LT(std::chrono::abs(clock.now() - std::chrono::system_clock::now()), 1min);
    EXPECT_NE(clock.random(), clock.random());
}

} // namespace
} // namespace quaygate
