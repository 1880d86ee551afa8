#include "gateway/azure/token_call.h"
#include "gateway/signin/token_fetcher.h"
#include "tests/signin/token_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::canarySecret;
using test::httpAnswer;
using test::isClean;
using test::RawRequest;
using test::ScriptedUpstream;
using test::UpstreamPeer;

const WallTime now{1795356000s};

/// Answers every request in the same way.
class TokenPlaceUnderTest : public testing::Test {
protected:
    TokenPlaceUnderTest() {
        server.onRequest = [this](UpstreamPeer &peer, const RawRequest &) { peer.send(answer); };
    }

    TokenIdentity identity(Auth::Kind kind) {
        TokenIdentity identity;
        identity.kind = kind;
        identity.tenant = u"contoso.com"_s;
        identity.clientId = u"11111111-2222-3333-4444-555555555555"_s;
        identity.secret.name = u"app"_s;
        identity.scope = u"https://cognitiveservices.azure.com/.default"_s;
        identity.authority = QString::fromUtf8(server.url(""));
        return identity;
    }

    TokenIdentity metadata() {
        TokenIdentity own = identity(Auth::Kind::EntraManagedIdentity);
        own.clientId.clear();
        own.endpoint = QString::fromUtf8(server.url(""));
        return own;
    }

    FetchOutcome fetch(const TokenIdentity &of) {
        TokenFetcher fetcher(environment, [] { return now; });
        std::optional<FetchOutcome> outcome;
        const auto running = fetcher.fetch(of, Secret(QByteArray(canarySecret)),
                                           [&](FetchOutcome given) { outcome = std::move(given); });
        EXPECT_TRUE(test::waitUntil([&] { return outcome.has_value(); }));
        EXPECT_TRUE(!outcome || outcome->token || isClean(outcome->token.error()))
            << outcome->token.error().message.toStdString()
            << outcome->token.error().detail.toStdString();
        return outcome.value_or(FetchOutcome{Error{}});
    }

    std::string errorOf(const TokenIdentity &of) {
        const FetchOutcome outcome = fetch(of);
        return outcome.token ? "no error" : outcome.token.error().message.toStdString();
    }

    ScriptedUpstream server;
    QByteArray answer;
    QProcessEnvironment environment;
};

TEST_F(TokenPlaceUnderTest, MetadataIsAskedAsImds) {
    answer = httpAnswer(200, R"({"access_token":"eyJ.imds","client_id":"x","expires_in":"86399",
        "expires_on":"1795442399","ext_expires_in":"86399","not_before":"1795363200",
        "resource":"https://cognitiveservices.azure.com","token_type":"Bearer"})");
    const FetchOutcome outcome = fetch(metadata());
    ASSERT_TRUE(outcome.token) << outcome.token.error().message.toStdString();
    EXPECT_EQ(outcome.token->token.reveal(), "eyJ.imds");
    EXPECT_EQ(outcome.token->expires, now + 86399s);
    const RawRequest &request = server.requests().first();
    EXPECT_EQ(request.requestLine(),
              "GET /metadata/identity/oauth2/token?api-version=2018-02-01"
              "&resource=https%3A%2F%2Fcognitiveservices.azure.com HTTP/1.1");
    EXPECT_EQ(request.header("Metadata"), "true");
}

TEST_F(TokenPlaceUnderTest, AppServiceIsAskedWhereTheEnvironmentSays) {
    environment.insert(u"IDENTITY_ENDPOINT"_s, QString::fromUtf8(server.url("/msi/token")));
    environment.insert(u"IDENTITY_HEADER"_s, QString::fromUtf8(canarySecret));
    answer = httpAnswer(200, R"({"access_token":"eyJ.app","expires_on":"1795359600","resource":"r",
        "token_type":"Bearer","client_id":"x"})");
    TokenIdentity own = identity(Auth::Kind::EntraManagedIdentity);
    const FetchOutcome outcome = fetch(own);
    ASSERT_TRUE(outcome.token) << outcome.token.error().message.toStdString();
    EXPECT_EQ(outcome.token->token.reveal(), "eyJ.app");
    const RawRequest &request = server.requests().first();
    EXPECT_EQ(request.requestLine(), "GET /msi/token?api-version=2019-08-01"
                                     "&resource=https%3A%2F%2Fcognitiveservices.azure.com"
                                     "&client_id=11111111-2222-3333-4444-555555555555 HTTP/1.1");
    EXPECT_EQ(request.header("X-IDENTITY-HEADER"), canarySecret);
    EXPECT_TRUE(request.header("Metadata").isNull());

    answer = httpAnswer(400, R"({"statusCode":400,"message":"No User Assigned or Delegated Managed
        Identity found for )" + canarySecret +
                                 "\"}");
    EXPECT_THAT(errorOf(own), testing::HasSubstr("no managed identity with that client ID"));
}

TEST_F(TokenPlaceUnderTest, AnIdentityThatIsNotThereIsExplained) {
    answer =
        httpAnswer(400, R"({"error":"invalid_request","error_description":"Identity not found"})");
    EXPECT_THAT(errorOf(metadata()), testing::HasSubstr("no such managed identity"));
}

TEST_F(TokenPlaceUnderTest, WhereNobodyListensThereIsNoIdentity) {
    TokenIdentity own = metadata();
    server.close();
    EXPECT_THAT(errorOf(own), testing::HasSubstr("identity's endpoint does not answer"));
}

TEST_F(TokenPlaceUnderTest, WhatEntraSaysIsExplainedWithoutTheSecret) {
    const QByteArray said = "AADSTS7000215: Invalid client secret provided: " + canarySecret;
    answer = httpAnswer(401, R"({"error":"invalid_client","error_description":")" + said + "\"}",
                        "Retry-After: 7\r\n");
    const FetchOutcome outcome = fetch(identity(Auth::Kind::EntraClientSecret));
    ASSERT_FALSE(outcome.token);
    EXPECT_THAT(outcome.token.error().message.toStdString(), testing::HasSubstr("“app”"));
    EXPECT_EQ(outcome.wait, 7s);
}

TEST_F(TokenPlaceUnderTest, AnAnswerThatIsNoTokenIsExplained) {
    const TokenIdentity own = identity(Auth::Kind::EntraClientSecret);
    answer = httpAnswer(200, "<html><title>Welcome to the hotel</title></html>");
    EXPECT_THAT(errorOf(own), testing::HasSubstr("web page"));
    answer = httpAnswer(200, R"({"access_token":"canary"})");
    EXPECT_THAT(errorOf(own), testing::HasSubstr("holds no token"));
    answer = httpAnswer(200, QByteArray(1024 * 1024, 'x'));
    EXPECT_THAT(errorOf(own), testing::HasSubstr("holds no token"));
    answer = httpAnswer(302, "", "Location: http://127.0.0.1:1/canary\r\n");
    EXPECT_THAT(errorOf(own), testing::HasSubstr("(302)"));
}

TEST_F(TokenPlaceUnderTest, ABrokenWayKeepsItsOwnErrorAndSaysWhereto) {
    TokenIdentity own = identity(Auth::Kind::EntraClientSecret);
    server.close();
    const FetchOutcome refused = fetch(own);
    ASSERT_FALSE(refused.token);
    EXPECT_EQ(refused.token.error().code, ErrorCode::ConnectionRefused);
    EXPECT_TRUE(
        refused.token.error().message.startsWith(u"Signing in failed on the way to Entra"_s));
    own.authority = u"https://login.invalid"_s;
    EXPECT_EQ(fetch(own).token.error().code, ErrorCode::NameNotResolved);
}

TEST_F(TokenPlaceUnderTest, TheProxyOfTheBackendIsUsed) {
    TokenIdentity own = identity(Auth::Kind::EntraClientSecret);
    own.proxy = own.authority;
    own.authority = u"http://entra.invalid:1"_s;
    answer = test::tokenAnswer("through");
    const FetchOutcome outcome = fetch(own);
    ASSERT_TRUE(outcome.token) << outcome.token.error().message.toStdString();
    EXPECT_TRUE(server.requests().first().requestLine().startsWith("POST http://entra.invalid:1/"));
}

} // namespace
} // namespace quaygate
