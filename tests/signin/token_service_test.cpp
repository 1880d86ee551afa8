#include "tests/signin/token_desk.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::httpAnswer;
using test::isClean;
using test::TokenDesk;

TEST(TokenService, FetchesOnceForAllWhoWait) {
    TokenDesk desk;
    for (int i = 0; i < 50; ++i)
        desk.obtain();
    ASSERT_TRUE(desk.waitForGot(50));
    for (const auto &got : desk.got)
        EXPECT_EQ(got.token, "token-1") << got.error.message.toStdString();
    EXPECT_EQ(desk.fetches, 1);
    EXPECT_EQ(desk.secretReads, 1);
    EXPECT_EQ(desk.obtained().token, "token-1");
    EXPECT_EQ(desk.fetches, 1);
}

TEST(TokenService, SendsTheFormToTheTenantsAddress) {
    TokenDesk desk;
    ASSERT_TRUE(desk.obtained().ok);
    const auto &request = desk.entra.requests().first();
    EXPECT_EQ(request.requestLine(), "POST /contoso.com/oauth2/v2.0/token HTTP/1.1");
    EXPECT_EQ(request.header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_TRUE(request.body.endsWith("&client_secret=canary-4c1e%26secret%3D%25%2B~"))
        << request.body.toStdString();
    EXPECT_EQ(desk.secretsAsked.first().kind, Auth::Kind::Environment);
    EXPECT_EQ(desk.secretsAsked.first().name, u"APP_SECRET"_s);
}

TEST(TokenService, OtherIdentitiesHaveOtherTokens) {
    TokenDesk desk;
    desk.obtain();
    desk.obtain(desk.identity(u"other.com"_s));
    ASSERT_TRUE(desk.waitForGot(2));
    EXPECT_EQ(desk.fetches, 2);
    EXPECT_NE(desk.got[0].token, desk.got[1].token);
    EXPECT_NE(desk.got[0].number, desk.got[1].number);
}

TEST(TokenService, AFailureIsToldAndKeptForAMoment) {
    TokenDesk desk;
    desk.answer = [](int) {
        return httpAnswer(401, R"({"error":"invalid_client","error_description":
            "AADSTS7000215: Invalid client secret provided."})");
    };
    for (int i = 0; i < 50; ++i)
        desk.obtain();
    ASSERT_TRUE(desk.waitForGot(50));
    for (int i = 0; i < 50; ++i)
        desk.obtain();
    EXPECT_EQ(desk.got.size(), 100) << "answered at once";
    EXPECT_EQ(desk.fetches, 1) << "a storm of requests must not reach Entra ID";
    for (const auto &got : desk.got) {
        EXPECT_EQ(got.error.code, ErrorCode::SignInFailed);
        EXPECT_TRUE(got.error.message.contains(u"“APP_SECRET”"_s));
        EXPECT_TRUE(isClean(got.error)) << got.error.detail.toStdString();
    }
    desk.answer = nullptr;
    desk.now += 1s;
    EXPECT_EQ(desk.obtained().token, "token-2");
}

TEST(TokenService, ThePauseGrowsWithEachFailure) {
    TokenDesk desk;
    desk.answer = [](int) { return httpAnswer(500, "{}"); };
    int expected = 0;
    for (const auto pause : {750ms, 1500ms, 3000ms, 6000ms, 12000ms, 22500ms, 22500ms}) {
        EXPECT_FALSE(desk.obtained().ok);
        EXPECT_EQ(desk.fetches, ++expected);
        desk.now += pause - 1ms;
        EXPECT_FALSE(desk.obtained().ok);
        EXPECT_EQ(desk.fetches, expected) << pause.count();
        desk.now += 1ms;
    }
}

TEST(TokenService, AskedToWaitItWaits) {
    TokenDesk desk;
    desk.answer = [](int) { return httpAnswer(429, "{}", "Retry-After: 60\r\n"); };
    EXPECT_FALSE(desk.obtained().ok);
    desk.now += 59s;
    EXPECT_FALSE(desk.obtained().ok);
    EXPECT_EQ(desk.fetches, 1);
    desk.now += 1s;
    EXPECT_FALSE(desk.obtained().ok);
    EXPECT_EQ(desk.fetches, 2);
}

TEST(TokenService, AMissingSecretIsToldAndAskedForAgainAtOnce) {
    TokenDesk desk;
    desk.secret = Error{ErrorCode::SecretStoreLocked, u"The keychain is locked."_s, {}};
    EXPECT_EQ(desk.obtained().error.code, ErrorCode::SecretStoreLocked);
    EXPECT_EQ(desk.fetches, 0);
    desk.secret = Secret("mended"_ba);
    EXPECT_EQ(desk.obtained().token, "token-1");
}

TEST(TokenService, FetchesWhatIsMissingWhenTheIdentitiesAreSet) {
    TokenDesk desk;
    desk.service->setIdentities({desk.identity(), desk.identity()});
    ASSERT_TRUE(desk.waitForFetches(1));
    EXPECT_EQ(desk.obtained().token, "token-1");
    desk.service->setIdentities({desk.identity(), desk.identity(u"other.com"_s)});
    ASSERT_TRUE(desk.waitForFetches(2));
    EXPECT_EQ(desk.obtained().token, "token-1");
}

TEST(TokenService, ForgetsTheTokenOfABackendThatWentAway) {
    TokenDesk desk;
    ASSERT_TRUE(desk.obtained().ok);
    desk.service->setIdentities({});
    EXPECT_EQ(desk.obtained().token, "token-2");
}

TEST(TokenService, TellsThoseWhoWaitThatTheBackendWentAway) {
    TokenDesk desk;
    desk.hold = true;
    desk.obtain();
    ASSERT_TRUE(desk.waitForFetches(1));
    desk.service->setIdentities({});
    ASSERT_EQ(desk.got.size(), 1);
    EXPECT_TRUE(desk.got[0].error.message.contains(u"again"_s));
    EXPECT_TRUE(test::waitUntil([&] { return desk.entra.open() == 0; })) << "the fetch goes on";
}

TEST(TokenService, EndsInSilence) {
    TokenDesk desk;
    desk.hold = true;
    desk.obtain();
    ASSERT_TRUE(desk.waitForFetches(1));
    desk.service.reset();
    EXPECT_TRUE(test::waitUntil([&] { return desk.entra.open() == 0; }));
    EXPECT_TRUE(desk.got.isEmpty());
}

TEST(TokenService, AnAnswerOfTheStoreAfterTheEndIsHarmless) {
    SecretStore::ReadDone late;
    auto service = std::make_unique<TokenService>(
        [&](const Auth &, SecretStore::ReadDone done) { late = std::move(done); });
    service->obtain(TokenDesk().identity(), {}, [](const Result<TokenGrant> &) { FAIL(); });
    ASSERT_TRUE(late);
    service.reset();
    late(Secret("x"_ba));
}

} // namespace
} // namespace quaygate
