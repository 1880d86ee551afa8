#include "gateway/pipeline/retry_plan.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace quaygate {
namespace {

TEST(RetryPlan, WithoutARuleEachBackendIsAskedOnceAndNothingWaitedFor) {
    RetryPlan plan(std::nullopt, 3);
    EXPECT_EQ(plan.left(), 3);
    EXPECT_TRUE(plan.isRetried(429));
    EXPECT_TRUE(plan.isRetried(503));
    EXPECT_FALSE(plan.isRetried(400));
    EXPECT_TRUE(plan.mayWait(0ms));
    EXPECT_FALSE(plan.mayWait(1ms));
    for (int i = 0; i < 3; ++i)
        plan.tried();
    EXPECT_EQ(plan.left(), 0);
}

TEST(RetryPlan, BacksOffWithJitter) {
    const RetryPlan plan(Retry{5, {500}, 100ms, 20s}, 1);
    std::minstd_rand random(3);
    for (int tries = 1; tries <= 4; ++tries) {
        const auto whole = 100ms * (1 << (tries - 1));
        RetryPlan::Duration least = 1h;
        RetryPlan::Duration most{0};
        for (int i = 0; i < 1000; ++i) {
            const auto wait = plan.backoff(tries, random);
            least = std::min(least, wait);
            most = std::max(most, wait);
        }
        EXPECT_GE(least, whole / 2);
        EXPECT_LE(most, whole);
        EXPECT_LT(least, whole * 6 / 10) << "it varies";
        EXPECT_GT(most, whole * 9 / 10);
    }
}

TEST(RetryPlan, WaitsNoLongerThanItMayInAll) {
    RetryPlan plan(Retry{3, {429}, 100ms, 10s}, 1);
    EXPECT_TRUE(plan.mayWait(6s));
    EXPECT_FALSE(plan.mayWait(5s));
    EXPECT_TRUE(plan.mayWait(4s));
    EXPECT_FALSE(plan.mayWait(1ms));
}

} // namespace
} // namespace quaygate
