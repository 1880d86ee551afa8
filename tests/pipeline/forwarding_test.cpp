#include "gateway/http/http_server.h"
#include "gateway/pipeline/pipeline.h"
#include "tests/support/event_loop.h"
#include "tests/support/raw_client.h"
#include "tests/support/scripted_upstream.h"

#include <gtest/gtest.h>

#include <deque>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using test::RawClient;
using test::RawRequest;
using test::ScriptedUpstream;
using test::UpstreamPeer;
using test::waitUntil;

const QByteArray body = R"({"messages":[],"model":"d"})";
const QByteArray expired =
    R"({"error":{"code":"401","message":"Unauthorized. Access token is missing, )"
    R"(invalid, audience is incorrect (x), or have expired."}})";

QByteArray answer(int status, const QByteArray &text, const QByteArray &headers = {}) {
    return "HTTP/1.1 " + QByteArray::number(status) + " x\r\n" + headers +
           "Content-Length: " + QByteArray::number(text.size()) + "\r\n\r\n" + text;
}

/// A pipeline between a real server and a real upstream, with credentials that the test hands out.
class ForwardingTest : public testing::Test {
protected:
    ForwardingTest() {
        upstream.onRequest = [this](UpstreamPeer &peer, const RawRequest &) {
            ASSERT_FALSE(answers.empty());
            peer.send(answers.front());
            answers.pop_front();
        };
        backend.name = u"b"_s;
        backend.endpoint = QString::fromUtf8(upstream.url(""));
        backend.deploymentName = u"d"_s;
        backend.auth.kind = Auth::Kind::AzureCli;
        const auto listening = server.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        port = listening.value();
        pipeline.setAccess({QHostAddress(QHostAddress::LocalHost), port});
    }

    void apply() {
        Config config;
        config.backends = {backend};
        config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"b"_s}}, {}}};
        pipeline.setSnapshot(std::make_shared<const Config>(config));
    }

    static QByteArray request(const QByteArray &headers) {
        return "POST /r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
               headers + "Connection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\n\r\n" + body;
    }

    /// All that the client gets.
    QByteArray ask(const QByteArray &headers = {}) {
        apply();
        RawClient client(port);
        client.send(request(headers));
        EXPECT_TRUE(client.waitForClose());
        return client.received();
    }

    Backend backend;
    ScriptedUpstream upstream;
    std::deque<QByteArray> answers;
    QList<quint64> rejected; ///< 0: none, for each time the source was asked
    std::function<Result<Credentials::Grant>(quint64 rejected)> grant = [](quint64 number) {
        return Credentials::Grant{Secret(QByteArray("token-" + QByteArray::number(number + 1))),
                                  number + 1};
    };
    bool isSilent = false; ///< the source does not replace a token
    Pipeline pipeline{[this](const Backend &, std::optional<quint64> number, auto done) {
        rejected.append(number.value_or(0));
        if (!number || !isSilent)
            done(grant(number.value_or(0)));
    }};
    HttpServer server{[this](ExchangePtr exchange) { pipeline.handle(std::move(exchange)); }};
    quint16 port = 0;
};

TEST_F(ForwardingTest, AnExpiredTokenIsReplacedAndTheRequestSentAgain) {
    answers = {answer(401, expired), answer(200, "{\"fine\":1}")};
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 200")) << got.toStdString();
    EXPECT_TRUE(got.endsWith("{\"fine\":1}"));
    EXPECT_FALSE(got.contains("expired"));
    ASSERT_EQ(upstream.requests().size(), 2);
    EXPECT_EQ(upstream.requests()[0].header("Authorization"), "Bearer token-1");
    EXPECT_EQ(upstream.requests()[1].header("Authorization"), "Bearer token-2");
    EXPECT_EQ(upstream.requests()[1].headerCount("Authorization"), 1);
    EXPECT_TRUE(upstream.requests()[1].header("api-key").isNull());
    EXPECT_EQ(upstream.requests()[0].body, body);
    EXPECT_EQ(upstream.requests()[1].body, body);
    EXPECT_EQ(rejected, QList<quint64>({0, 1}));
}

TEST_F(ForwardingTest, OnceOnly) {
    answers = {answer(401, expired), answer(401, expired, "x-second: 1\r\n")};
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 401")) << got.toStdString();
    EXPECT_TRUE(got.contains("x-second: 1"));
    EXPECT_TRUE(got.endsWith(expired));
    EXPECT_EQ(upstream.requests().size(), 2);
}

TEST_F(ForwardingTest, WithoutAnotherTokenTheRefusalIsPassedOn) {
    grant = [](quint64) { return Credentials::Grant{Secret("same"_ba), 1}; };
    answers = {answer(401, expired, "WWW-Authenticate: Bearer\r\n")};
    QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 401")) << got.toStdString();
    EXPECT_TRUE(got.contains("WWW-Authenticate: Bearer\r\n"));
    EXPECT_TRUE(got.endsWith(expired));

    grant = [](quint64 number) -> Result<Credentials::Grant> {
        if (number != 0)
            return Error{ErrorCode::SignInFailed, u"no"_s, {}};
        return Credentials::Grant{Secret("same"_ba), 1};
    };
    answers = {answer(401, expired)};
    got = ask();
    EXPECT_TRUE(got.endsWith(expired)) << got.toStdString();
    EXPECT_EQ(upstream.requests().size(), 2);
}

TEST_F(ForwardingTest, AnotherRefusalIsNoReasonToReplaceIt) {
    const QByteArray role = R"({"error":{"code":"PermissionDenied","message":"lacks"}})";
    answers = {answer(401, role)};
    EXPECT_TRUE(ask().endsWith(role));
    const QByteArray large = expired + QByteArray(100'000, ' ');
    answers = {answer(401, large)};
    EXPECT_TRUE(ask().endsWith(large));
    for (const quint64 number : rejected)
        EXPECT_EQ(number, 0u);
}

TEST_F(ForwardingTest, AKeyIsNotReplaced) {
    backend.auth = {Auth::Kind::Keychain, u"k"_s, {}};
    grant = [](quint64) { return Credentials::Grant{Secret("key"_ba)}; };
    answers = {answer(401, expired)};
    EXPECT_TRUE(ask().endsWith(expired));
    EXPECT_EQ(upstream.requests().size(), 1);
    EXPECT_EQ(upstream.requests()[0].header("api-key"), "key");
    EXPECT_TRUE(upstream.requests()[0].header("Authorization").isNull());
}

TEST_F(ForwardingTest, AClientThatLeavesWhileATokenIsReplacedIsForgotten) {
    apply();
    answers = {answer(401, expired)};
    isSilent = true;
    RawClient client(port);
    client.send(request({}));
    ASSERT_TRUE(waitUntil([&] { return rejected.size() == 2; }));
    client.socket.abort();
    EXPECT_TRUE(waitUntil([&] { return server.inFlight() == 0; }));
    EXPECT_EQ(upstream.requests().size(), 1);
}

TEST_F(ForwardingTest, AnUpstreamThatBreaksOffInARefusalIsToldAsSuch) {
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 401 x\r\nContent-Length: 100\r\n\r\n{");
        peer.close();
    };
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 502")) << got.toStdString();
}

TEST_F(ForwardingTest, AKeyGoesIntoTheHeaderOfChoice) {
    backend.auth = {Auth::Kind::Environment, u"K"_s, {}};
    backend.auth.header = u"Ocp-Apim-Subscription-Key"_s;
    grant = [](quint64) { return Credentials::Grant{Secret("key"_ba)}; };
    answers = {answer(200, "{}")};
    ask("Ocp-Apim-Subscription-Key: mine\r\nAuthorization: Bearer mine\r\n");
    EXPECT_EQ(upstream.requests()[0].header("Ocp-Apim-Subscription-Key"), "key");
    EXPECT_EQ(upstream.requests()[0].headerCount("Ocp-Apim-Subscription-Key"), 1);
    EXPECT_FALSE(upstream.requests()[0].head.contains("mine"));
    EXPECT_TRUE(upstream.requests()[0].header("api-key").isNull());
}

TEST_F(ForwardingTest, TheBackendsHeadersAreAddedAndCountBeforeTheClients) {
    backend.headers = {{u"X-Team"_s, u"blue, \"1\""_s}, {u"user-agent"_s, u"quaygate"_s}};
    answers = {answer(200, "{}")};
    ask("User-Agent: client\r\nX-Team: red\r\n");
    const RawRequest &sent = upstream.requests()[0];
    EXPECT_EQ(sent.header("X-Team"), "blue, \"1\"");
    EXPECT_EQ(sent.headerCount("X-Team"), 1);
    EXPECT_EQ(sent.header("User-Agent"), "quaygate");
    EXPECT_EQ(sent.headerCount("User-Agent"), 1);
}

TEST_F(ForwardingTest, TheClientsOwnCredentialsArePassedOn) {
    backend.auth = {Auth::Kind::Passthrough, {}, {}};
    answers = {answer(200, "{}"), answer(401, expired)};
    ask("Authorization: Bearer mine-1\r\nOcp-Apim-Subscription-Key: mine-2\r\n"
        "Cookie: mine-3\r\nProxy-Authorization: mine-4\r\n");
    const RawRequest &sent = upstream.requests()[0];
    EXPECT_EQ(sent.header("Authorization"), "Bearer mine-1");
    EXPECT_EQ(sent.header("Ocp-Apim-Subscription-Key"), "mine-2");
    EXPECT_FALSE(sent.head.contains("mine-3"));
    EXPECT_FALSE(sent.head.contains("mine-4"));
    EXPECT_TRUE(rejected.isEmpty()) << "no secret is asked for";
    EXPECT_TRUE(ask("api-key: mine\r\n").endsWith(expired)) << "no token of ours to replace";
}

TEST_F(ForwardingTest, ARequestWithoutACredentialToPassOnIsRefused) {
    backend.auth = {Auth::Kind::Passthrough, {}, {}};
    const QByteArray got = ask("Cookie: mine\r\n");
    EXPECT_TRUE(got.startsWith("HTTP/1.1 401")) << got.toStdString();
    EXPECT_TRUE(got.contains("credential_missing"));
    EXPECT_TRUE(upstream.requests().isEmpty());
}

} // namespace
} // namespace quaygate
