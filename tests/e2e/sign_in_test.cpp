#include "gateway/config/validate.h"
#include "gateway/connection_test.h"
#include "gateway/gateway.h"
#include "tests/e2e/http_call.h"
#include "tests/support/scripted_upstream.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using test::call;
using test::HttpAnswer;
using test::post;
using test::RawClient;
using test::RawRequest;
using test::ScriptedUpstream;
using test::UpstreamPeer;
using test::waitUntil;

const QByteArray canary = "canary-7d2b-client-secret";
const QByteArray hello = R"({"messages":[{"role":"user","content":"Say hello"}]})";

QByteArray answer(int status, const QByteArray &text) {
    return "HTTP/1.1 " + QByteArray::number(status) +
           " x\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(text.size()) + "\r\n\r\n" + text;
}

const QByteArray refusal =
    R"({"error":{"code":"401","message":"Unauthorized. Access token is missing, invalid, )"
    R"(audience is incorrect (https://ai.azure.com), or have expired."}})";

/// A whole gateway whose backend signs in with a client secret, an Entra ID, and an Azure that
/// answers to the token only.
class SignIn : public testing::Test {
protected:
    SignIn() {
        entra.onRequest = [this](UpstreamPeer &peer, const RawRequest &) { peer.send(entraSays); };
        azure.onRequest = [](UpstreamPeer &peer, const RawRequest &request) {
            const bool isSigned = request.header("Authorization") == "Bearer canary-token" &&
                                  request.header("api-key").isNull();
            peer.send(isSigned ? answer(200, "{\"fine\":1}") : answer(401, refusal));
        };
        backend.name = u"b"_s;
        backend.endpoint = QString::fromUtf8(azure.url(""));
        backend.deploymentName = u"d"_s;
        Auth &auth = backend.auth;
        auth.kind = Auth::Kind::EntraClientSecret;
        auth.tenantId = u"contoso.com"_s;
        auth.clientId = u"11111111-2222-3333-4444-555555555555"_s;
        auth.secret.name = u"app"_s;
        auth.authority = QString::fromUtf8(entra.url(""));
    }

    void start(Gateway &gateway) {
        Config config;
        config.gateway.port = 0;
        config.backends = {backend};
        config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"b"_s}}, {}}};
        ASSERT_TRUE(validate(config).isEmpty()) << describe(validate(config)).toStdString();
        gateway.apply(std::make_shared<const Config>(config));
        gateway.start();
        ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    }

    ConnectionReport tested(const Secret &key) {
        ConnectionTest test;
        std::optional<ConnectionReport> report;
        QObject::connect(&test, &ConnectionTest::finished, &test,
                         [&](const ConnectionReport &given) { report = given; });
        test.run(backend, key);
        EXPECT_TRUE(waitUntil([&] { return report.has_value(); }));
        EXPECT_FALSE(report.value_or(ConnectionReport()).text.contains(u"canary"_s));
        return report.value_or(ConnectionReport());
    }

    QByteArray entraSays = answer(200, R"({"expires_in":3600,"access_token":"canary-token"})");
    ScriptedUpstream entra;
    ScriptedUpstream azure;
    Backend backend;
    QStringList asked;
    SecretSource secrets = [this](const Auth &auth, SecretStore::ReadDone done) {
        asked.append(auth.name);
        done(Secret(QByteArray(canary)));
    };
};

TEST_F(SignIn, ATokenIsThereBeforeTheFirstRequest) {
    Gateway gateway(secrets);
    start(gateway);
    ASSERT_TRUE(waitUntil([&] { return entra.requests().size() == 1; }));
    EXPECT_TRUE(entra.requests()[0].body.endsWith("&client_secret=" + canary));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<RawClient>(gateway.port()));
        clients.back()->send(post("/r", hello, "api-key: mine\r\nAuthorization: Bearer mine\r\n"));
    }
    for (const auto &client : clients)
        EXPECT_TRUE(client->waitFor("{\"fine\":1}")) << client->received().toStdString();
    EXPECT_EQ(entra.requests().size(), 1);
    EXPECT_EQ(asked, QStringList({u"app"_s}));
}

TEST_F(SignIn, WhatEntraSaysReachesTheClientAsAnExplanation) {
    entraSays = answer(401, R"({"error":"invalid_client","error_description":
        "AADSTS7000222: The provided client secret keys are expired: canary-7d2b-client-secret"})");
    Gateway gateway(secrets);
    start(gateway);
    const HttpAnswer got = call(gateway.port(), post("/r", hello));
    EXPECT_EQ(got.status, 503);
    EXPECT_EQ(got.errorCode(), u"sign_in_failed"_s);
    EXPECT_TRUE(got.errorMessage().contains(u"has expired"_s)) << got.body.toStdString();
    EXPECT_FALSE(got.body.contains("canary"));
    EXPECT_TRUE(azure.requests().isEmpty());
    entraSays = answer(200, R"({"expires_in":3600,"access_token":"canary-token"})");
    gateway.forgetSecrets();
    EXPECT_EQ(call(gateway.port(), post("/r", hello)).status, 200) << "a new secret counts at once";
}

TEST_F(SignIn, AFreshTokenThatIsRefusedIsNotFetchedAgain) {
    entraSays = answer(200, R"({"expires_in":3600,"access_token":"of-another-tenant"})");
    Gateway gateway(secrets);
    start(gateway);
    const HttpAnswer got = call(gateway.port(), post("/r", hello));
    EXPECT_EQ(got.status, 401);
    EXPECT_TRUE(got.errorMessage().contains(u"audience is incorrect"_s)) << got.body.toStdString();
    EXPECT_EQ(entra.requests().size(), 1);
    EXPECT_EQ(azure.requests().size(), 1);
}

TEST_F(SignIn, TheConnectionTestSignsInTooAndExplains) {
    ConnectionReport report = tested(Secret(QByteArray(canary)));
    EXPECT_TRUE(report.works) << report.text.toStdString();
    EXPECT_TRUE(entra.requests()[0].body.endsWith("&client_secret=" + canary));

    entraSays = answer(400, R"({"error":"invalid_request","error_description":
        "AADSTS90002: Tenant 'contoso.com' not found."})");
    report = tested(Secret(QByteArray(canary)));
    EXPECT_EQ(report.outcome, Outcome::SignInFailed);
    EXPECT_TRUE(report.text.contains(u"no tenant “contoso.com”"_s)) << report.text.toStdString();

    entraSays = answer(200, R"({"expires_in":3600,"access_token":"of-another-tenant"})");
    report = tested(Secret(QByteArray(canary)));
    EXPECT_EQ(report.outcome, Outcome::WrongKey);
    EXPECT_TRUE(report.text.contains(u"https://ai.azure.com"_s)) << report.text.toStdString();
}

TEST_F(SignIn, TheConnectionTestUsesHeaderAndHeadersOfTheBackend) {
    azure.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(answer(200, "{}")); };
    backend.auth = {Auth::Kind::Keychain, u"k"_s, {}};
    backend.auth.header = u"Ocp-Apim-Subscription-Key"_s;
    backend.headers = {{u"X-Team"_s, u"blue"_s}};
    EXPECT_TRUE(tested(Secret("key"_ba)).works);
    EXPECT_EQ(azure.requests()[0].header("Ocp-Apim-Subscription-Key"), "key");
    EXPECT_EQ(azure.requests()[0].header("X-Team"), "blue");
    EXPECT_TRUE(azure.requests()[0].header("api-key").isNull());
}

TEST_F(SignIn, TheConnectionTestOfAPassingBackendIsContentWithAQuestion) {
    backend.auth = {Auth::Kind::Passthrough, {}, {}};
    const ConnectionReport report = tested(Secret());
    EXPECT_TRUE(report.works);
    EXPECT_TRUE(report.text.contains(u"each client sends"_s)) << report.text.toStdString();
}

} // namespace
} // namespace quaygate
