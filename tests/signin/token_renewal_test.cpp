#include "tests/signin/token_desk.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::httpAnswer;
using test::tokenAnswer;
using test::TokenDesk;

TEST(TokenRenewal, ComesFiveMinutesBeforeTheEndAndNobodyWaits) {
    TokenDesk desk;
    EXPECT_EQ(desk.obtained().askAgain, desk.now + 55min);
    desk.now += 55min - 1s;
    desk.service->renewDue();
    EXPECT_EQ(desk.obtained().token, "token-1");
    EXPECT_EQ(desk.fetches, 1);
    desk.now += 1s;
    desk.hold = true;
    desk.service->renewDue();
    ASSERT_TRUE(desk.waitForFetches(2));
    desk.obtain();
    ASSERT_EQ(desk.got.size(), 3) << "the old token is good for five minutes";
    EXPECT_EQ(desk.got[2].token, "token-1");
    EXPECT_EQ(desk.got[2].askAgain, desk.now + 5s);
    desk.answerHeld();
    EXPECT_TRUE(test::waitUntil([&] { return desk.obtained().token == "token-2"; }));
    EXPECT_EQ(desk.fetches, 2);
}

TEST(TokenRenewal, IsBegunByWhoeverAsksWhenItIsDue) {
    TokenDesk desk;
    ASSERT_TRUE(desk.obtained().ok);
    desk.now += 56min;
    for (int i = 0; i < 50; ++i)
        desk.obtain();
    EXPECT_EQ(desk.got.last().token, "token-1");
    EXPECT_TRUE(test::waitUntil([&] { return desk.obtained().token == "token-2"; }));
    EXPECT_EQ(desk.fetches, 2);
}

TEST(TokenRenewal, IsSpreadByChance) {
    TokenDesk desk;
    desk.random = 0.5;
    EXPECT_EQ(desk.obtained().askAgain, desk.now + 54min + 30s);
}

TEST(TokenRenewal, ComesByItself) {
    TokenDesk desk;
    desk.answer = [](int fetch) { return tokenAnswer("t" + QByteArray::number(fetch), 1); };
    TokenService service([&](const Auth &, auto done) { done(desk.secret); }, {},
                         {TokenClock::real().now, [] { return 0.0; }});
    service.setIdentities({desk.identity()});
    EXPECT_TRUE(test::waitUntil([&] { return desk.fetches >= 3; }));
}

TEST(TokenRenewal, ThatFailsLeavesTheTokenInUseUntilItsEnd) {
    TokenDesk desk;
    ASSERT_TRUE(desk.obtained().ok);
    desk.answer = [](int) { return httpAnswer(503, "{}"); };
    desk.now += 55min;
    int failed = 0;
    for (; failed < 100 && desk.obtained().ok; desk.now += 10s) {
        const int before = desk.fetches;
        desk.service->renewDue();
        if (test::waitUntil([&] { return desk.fetches > before; }, 20ms))
            ++failed;
        ASSERT_TRUE(test::waitUntil([&] { return desk.entra.requests().size() == desk.fetches; }));
    }
    EXPECT_GT(desk.now, WallTime(1795356000s) + 59min) << "used to its end";
    EXPECT_LE(desk.fetches, 7) << "with growing pauses";
    EXPECT_GE(desk.fetches, 4);
    desk.answer = nullptr;
    desk.now += 30s;
    EXPECT_TRUE(desk.obtained().ok) << "the long pause of a renewal holds nobody up";
}

TEST(TokenRenewal, AnEndedTokenIsWaitedFor) {
    TokenDesk desk;
    ASSERT_TRUE(desk.obtained().ok);
    desk.now += 2h;
    desk.service->renewDue();
    EXPECT_EQ(desk.fetches, 1) << "nobody needs it";
    EXPECT_EQ(desk.obtained().token, "token-2");
}

TEST(TokenRenewal, ARejectedTokenIsReplacedOnceForAll) {
    TokenDesk desk;
    const quint64 rejected = desk.obtained().number;
    desk.now += 30s;
    desk.hold = true;
    for (int i = 0; i < 50; ++i)
        desk.obtain(rejected);
    ASSERT_TRUE(desk.waitForFetches(2));
    desk.answerHeld();
    ASSERT_TRUE(desk.waitForGot(51));
    EXPECT_EQ(desk.got.last().token, "token-2");
    EXPECT_EQ(desk.obtained(rejected).token, "token-2") << "who comes late gets the new one";
    EXPECT_EQ(desk.fetches, 2);
}

TEST(TokenRenewal, ATokenJustFetchedIsNotReplaced) {
    TokenDesk desk;
    const quint64 rejected = desk.obtained().number;
    desk.now += 29s;
    EXPECT_EQ(desk.obtained(rejected).number, rejected);
    EXPECT_EQ(desk.fetches, 1);
}

TEST(TokenRenewal, FollowsAChangedSecretAndForgetsFailures) {
    TokenDesk desk;
    ASSERT_TRUE(desk.obtained().ok);
    desk.secret = Secret("second"_ba);
    desk.service->secretsChanged();
    EXPECT_EQ(desk.obtained().token, "token-1") << "until there is a new one";
    EXPECT_TRUE(test::waitUntil([&] { return desk.obtained().token == "token-2"; }));
    EXPECT_TRUE(desk.entra.requests().last().body.endsWith("client_secret=second"));

    TokenDesk failing;
    failing.answer = [](int) { return httpAnswer(401, "{}", "Retry-After: 300\r\n"); };
    EXPECT_FALSE(failing.obtained().ok);
    failing.answer = nullptr;
    failing.service->secretsChanged();
    EXPECT_TRUE(failing.obtained().ok);
}

} // namespace
} // namespace quaygate
