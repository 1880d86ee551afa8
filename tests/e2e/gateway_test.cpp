#include "gateway/config/validate.h"
#include "gateway/gateway.h"
#include "gateway/simulator/simulator.h"
#include "tests/e2e/http_call.h"

#include <QJsonArray>
#include <QTcpServer>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using test::call;
using test::HttpAnswer;
using test::post;
using test::RawClient;
using test::waitUntil;

const QByteArray canary = "canary-5f1c2e9d7a";
const QByteArray hello = R"({"model":"","messages":[{"role":"user","content":"Say hello"}]})";

/// A gateway in front of a simulator that insists on its key, as a user has them: real sockets all
/// the way.
class GatewayTest : public ::testing::Test {
protected:
    void SetUp() override {
        SimulatorSettings settings;
        settings.key = Secret(QByteArray(canary));
        settings.tokenInterval = std::chrono::milliseconds(0);
        settings.deployments = {{u"chat"_s, u"gpt-4.1-mini"_s, {}},
                                {u"slow"_s, u"gpt-4.1-mini"_s, u"slow-first-byte;ms=60000"_s},
                                {u"emb"_s, u"text-embedding-3-small"_s, {}}};
        simulator = std::make_unique<Simulator>(settings);
        simulator->start([this](const Result<quint16> &result) { simulatorPort = result.value(); });
        ASSERT_TRUE(waitUntil([this] { return simulatorPort != 0; }));

        config.gateway.port = 0;
        addBackend(u"dated"_s, u"chat"_s, u"2024-10-21"_s);
        addBackend(u"v1"_s, u"chat"_s, u"v1"_s);
        addBackend(u"preview"_s, u"chat"_s, u"preview"_s);
        addBackend(u"emb"_s, u"emb"_s, u"2024-10-21"_s);
        addBackend(u"emb-v1"_s, u"emb"_s, u"v1"_s);
        addBackend(u"slow"_s, u"slow"_s, u"v1"_s);
        addBackend(u"missing"_s, u"chat"_s, u"v1"_s).auth.name = u"no-such-secret"_s;
        addBackend(u"unreachable"_s, u"chat"_s, u"v1"_s).endpoint =
            u"http://127.0.0.1:%1"_s.arg(unusedPort());
        addBackend(u"nowhere"_s, u"chat"_s, u"v1"_s).endpoint = u"nowhere.invalid"_s;
        apply();
        gateway.start();
        ASSERT_TRUE(waitUntil([this] { return gateway.state() == Gateway::State::Running; }))
            << gateway.error().message.toStdString();
    }

    Backend &addBackend(const QString &name, const QString &deployment, const QString &version) {
        Backend backend;
        backend.name = name;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(simulatorPort);
        backend.deploymentName = deployment;
        backend.apiVersion = version;
        backend.auth = {Auth::Kind::Keychain, u"key"_s, {}};
        config.backends.append(backend);
        config.routes.append({name, {u"/"_s + name, {}}, {{name}}, {}});
        return config.backends.last();
    }

    void apply() {
        ASSERT_TRUE(validate(config).isEmpty()) << describe(validate(config)).toStdString();
        gateway.apply(std::make_shared<const Config>(config));
    }

    static quint16 unusedPort() {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        return server.serverPort();
    }

    HttpAnswer ask(const QByteArray &target, const QByteArray &body = hello,
                   const QByteArray &headers = {}) {
        return call(gateway.port(), post(target, body, headers));
    }

    Config config;
    std::unique_ptr<Simulator> simulator;
    quint16 simulatorPort = 0;
    int asked = 0;
    Gateway gateway{[this](const Auth &auth, SecretStore::ReadDone done) {
        ++asked;
        if (auth.name == u"key")
            done(Secret(QByteArray(canary)));
        else
            done(Error{ErrorCode::SecretNotFound,
                       u"There is no secret named \"%1\"."_s.arg(auth.name),
                       {}});
    }};
};

TEST_F(GatewayTest, EveryFormBecomesTheChatOfTheBackend) {
    for (const QByteArray backend : {"dated", "v1", "preview"}) {
        for (const QByteArray form :
             {"", "/", "/chat/completions", "/v1/chat/completions", "/openai/v1/chat/completions",
              "/openai/deployments/whatever/chat/completions?api-version=1999-01-01"}) {
            const HttpAnswer answer = ask("/" + backend + form);
            ASSERT_EQ(answer.status, 200)
                << backend.toStdString() << form.toStdString() << answer.body.toStdString();
            EXPECT_EQ(answer.json()["object"_L1].toString(), u"chat.completion"_s);
            EXPECT_EQ(answer.header("x-ms-deployment-name"), "chat");
            EXPECT_EQ(simulator->statistics().lastTarget.count("api-version"),
                      backend == "v1" ? 0 : 1);
        }
    }
    EXPECT_EQ(asked, 1) << "the secret is read once";
}

TEST_F(GatewayTest, EmbeddingsToo) {
    for (const QByteArray backend : {"emb", "emb-v1"}) {
        for (const QByteArray form : {"/embeddings", "/v1/embeddings", "/openai/v1/embeddings",
                                      "/openai/deployments/x/embeddings?api-version=y"}) {
            const HttpAnswer answer = ask("/" + backend + form, R"({"input":"a"})");
            ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
            EXPECT_EQ(answer.json()["data"_L1].toArray().size(), 1);
        }
    }
}

TEST_F(GatewayTest, TheBodyIsUnchangedButForTheModel) {
    const QByteArray odd =
        "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u00e9 \\/ é\"}],\n\t\"model\" : "
        "\"gpt\" , \"seed\":1.50e1, \"user\":\"z\"}";
    ASSERT_EQ(ask("/dated", odd).status, 200);
    EXPECT_EQ(simulator->statistics().lastBody, odd);
    ASSERT_EQ(ask("/v1", odd).status, 200);
    EXPECT_EQ(simulator->statistics().lastBody, QByteArray(odd).replace("\"gpt\"", "\"chat\""));
}

TEST_F(GatewayTest, OnlyTheBackendsKeyGoesUpstream) {
    const QByteArray headers =
        "Authorization: Bearer client-secret-1\r\napi-key: client-secret-2\r\n"
        "x-api-key: client-secret-3\r\nCookie: a=client-secret-4\r\n"
        "TE: trailers\r\nX-Forwarded-For: client-secret-5\r\n"
        "x-ms-client-request-id: 1234\r\nOpenAI-Organization: org\r\n";
    ASSERT_EQ(ask("/v1", hello, headers).status, 200);
    const SimulatorStatistics seen = simulator->statistics();
    EXPECT_TRUE(seen.lastKeyMatched);
    EXPECT_EQ(seen.lastHeaders.count("api-key"), 1);
    EXPECT_EQ(seen.lastHeaders.value("x-ms-client-request-id"), "1234");
    EXPECT_EQ(seen.lastHeaders.value("Accept-Encoding"), "identity");
    for (const char *name : {"Authorization", "x-api-key", "Cookie", "TE", "Connection",
                             "X-Forwarded-For", "OpenAI-Organization"})
        EXPECT_FALSE(seen.lastHeaders.contains(name)) << name;
    for (const Header &header : seen.lastHeaders)
        EXPECT_FALSE(header.value.contains("client-secret"))
            << header.name.toByteArray().toStdString();
}

TEST_F(GatewayTest, AzuresHeadersAndErrorsComeBackUnchanged) {
    const HttpAnswer good = ask("/dated");
    for (const char *name : {"apim-request-id", "x-ratelimit-remaining-tokens", "x-ms-region"})
        EXPECT_FALSE(good.header(name).isEmpty()) << name;
    const HttpAnswer limited = ask("/dated", hello, "x-simulator-fault: 429\r\n");
    EXPECT_EQ(limited.status, 429);
    EXPECT_EQ(limited.errorCode(), u"429"_s);
    EXPECT_FALSE(limited.header("retry-after").isEmpty());
    const HttpAnswer html = ask("/dated", hello, "x-simulator-fault: html-502\r\n");
    EXPECT_EQ(html.status, 502);
    EXPECT_TRUE(html.body.contains("<html"));
}

TEST_F(GatewayTest, StreamsArriveInOrderToTheEnd) {
    const HttpAnswer answer = ask(
        "/v1",
        R"({"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.header("content-type").startsWith("text/event-stream"));
    EXPECT_TRUE(answer.body.contains("prompt_filter_results"));
    EXPECT_LT(answer.body.indexOf("\"role\":\"assistant\""),
              answer.body.indexOf("\"finish_reason\":\"stop\""));
    EXPECT_LT(answer.body.indexOf("total_tokens"), answer.body.indexOf("data: [DONE]"));
    EXPECT_TRUE(answer.body.endsWith("\r\n0\r\n\r\n"));
}

TEST_F(GatewayTest, AStreamPassesOnAtOnce) {
    RawClient client(gateway.port());
    client.send(post("/v1", R"({"stream":true,"messages":[{"role":"user","content":"Hi"}]})",
                     "x-simulator-fault: silent-gap;ms=60000\r\n"));
    EXPECT_TRUE(client.waitFor("data: {")) << "held back until the end";
    EXPECT_FALSE(client.received().contains("[DONE]"));
}

TEST_F(GatewayTest, ALeavingClientCancelsUpstream) {
    for (const bool stream : {false, true}) {
        const int before = simulator->statistics().cancelled;
        RawClient client(gateway.port());
        client.send(stream ? post("/v1",
                                  R"({"stream":true,"messages":[{"role":"user","content":"Hi"}]})",
                                  "x-simulator-fault: silent-gap;ms=60000\r\n")
                           : post("/slow", hello));
        if (stream)
            ASSERT_TRUE(client.waitFor("data: {"));
        else
            ASSERT_TRUE(waitUntil([&] { return simulator->statistics().inFlight == 1; }));
        client.socket.abort();
        EXPECT_TRUE(waitUntil([&] { return simulator->statistics().cancelled == before + 1; }));
    }
}

TEST_F(GatewayTest, ACutUpstreamCutsTheClient) {
    RawClient client(gateway.port());
    client.send(post("/v1", R"({"stream":true,"messages":[{"role":"user","content":"Hi"}]})",
                     "x-simulator-fault: cut\r\n"));
    ASSERT_TRUE(client.waitForClose());
    EXPECT_TRUE(client.received().startsWith("HTTP/1.1 200"));
    EXPECT_FALSE(client.received().endsWith("\r\n0\r\n\r\n")) << "a cut answer must not look whole";
}

TEST_F(GatewayTest, OwnErrorsSayWhatToDo) {
    struct Expected {
        HttpAnswer answer;
        int status;
        QString code;
        QString mentions;
    };
    const QList<Expected> table{
        {ask("/other"), 404, u"no_route"_s, u"/dated"_s},
        {ask("/v1/openai/v1"), 404, u"unknown_operation"_s, u"/v1/chat/completions"_s},
        {ask("/missing"), 503, u"secret_not_found"_s, u"no-such-secret"_s},
        {ask("/unreachable"), 502, u"connection_refused"_s, u"127.0.0.1"_s},
        {ask("/nowhere"), 502, u"name_not_resolved"_s, u"nowhere.invalid"_s},
        {ask("/v1", "{broken"), 400, u"body_not_json"_s, u"line 1"_s},
        {ask("/v1", hello, "Origin: https://evil.example\r\n"), 403, u"forbidden_origin"_s,
         u"evil.example"_s},
        {ask("/v1", hello, "Origin: null\r\n"), 403, u"forbidden_origin"_s, u"null"_s},
        {call(gateway.port(), "POST /v1 HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n"
                              "Connection: close\r\n\r\n"),
         403, u"forbidden_host"_s, u"evil.example"_s},
        {call(gateway.port(), "GET /v1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
         405, u"method_not_allowed"_s, u"POST"_s},
        {call(gateway.port(), "POST /v1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                              "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"),
         415, u"unsupported_content_type"_s, u"application/json"_s},
        {call(gateway.port(),
              "POST /v1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"),
         413, u"body_too_large"_s, u"67108864"_s},
        {call(gateway.port(),
              "POST /v1 HTTP/1.1\r\nHost: localhost\r\nX: " + QByteArray(70'000, 'x')),
         431, u"headers_too_large"_s, u"65536"_s},
    };
    for (const Expected &expected : table) {
        EXPECT_EQ(expected.answer.status, expected.status) << expected.answer.body.toStdString();
        EXPECT_EQ(expected.answer.errorCode(), expected.code) << expected.answer.body.toStdString();
        EXPECT_TRUE(expected.answer.errorMessage().contains(expected.mentions, Qt::CaseInsensitive))
            << expected.answer.body.toStdString();
        EXPECT_EQ(expected.answer.header("content-type"), "application/json");
        EXPECT_FALSE(expected.answer.body.contains(canary));
    }
}

TEST_F(GatewayTest, LimitsOfTheConfigurationHold) {
    EXPECT_EQ(ask("/v1", hello + QByteArray(2000, ' ')).status, 200);
    config.gateway.limits.bodyBytes = 1024;
    config.gateway.limits.headerBytes = 1024;
    apply();
    ASSERT_TRUE(waitUntil([&] { return ask("/v1", hello + QByteArray(2000, ' ')).status == 413; }));
    EXPECT_EQ(ask("/v1", hello, "X: " + QByteArray(2000, 'x') + "\r\n").status, 431);
    EXPECT_EQ(ask("/v1").status, 200);
}

TEST_F(GatewayTest, TheTimeLimitsOfABackendHold) {
    config.backends[5].timeouts.firstByte = std::chrono::milliseconds(50);
    ASSERT_EQ(config.backends[5].name, u"slow"_s);
    apply();
    HttpAnswer answer;
    ASSERT_TRUE(waitUntil([&] {
        answer = ask("/slow");
        return answer.status == 504;
    }));
    EXPECT_EQ(answer.errorCode(), u"timeout"_s);
}

TEST_F(GatewayTest, TheProgramsOwnKeyPassesWhateverKeysAreAskedFor) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Required;
    apply();
    EXPECT_EQ(ask("/v1").status, 401);
    const QByteArray own = "api-key: " + gateway.ownKey().reveal().toByteArray() + "\r\n";
    EXPECT_EQ(ask("/v1/chat/completions", hello, own).status, 200);
    EXPECT_FALSE(simulator->statistics().lastHeaders.contains("x-api-key"));
    EXPECT_TRUE(simulator->statistics().lastKeyMatched) << "the backend's key, not ours";
    Gateway other([](const Auth &, SecretStore::ReadDone) {});
    EXPECT_NE(other.ownKey().reveal(), gateway.ownKey().reveal());
}

TEST_F(GatewayTest, ListensOnBothLoopbacks) {
    RawClient client(gateway.port(), QHostAddress(QHostAddress::LocalHostIPv6));
    client.send(post("/v1", hello));
    EXPECT_TRUE(client.waitFor("HTTP/1.1 200 OK"));
}

TEST_F(GatewayTest, ANewSnapshotLeavesStreamsAlone) {
    RawClient client(gateway.port());
    client.send(post("/v1", R"({"stream":true,"messages":[{"role":"user","content":"Hi"}]})",
                     "x-simulator-fault: silent-gap;ms=500\r\n"));
    ASSERT_TRUE(client.waitFor("data: {"));
    const quint16 before = gateway.port();
    config.routes.clear();
    apply();
    ASSERT_TRUE(waitUntil([&] { return ask("/v1").status == 404; }));
    EXPECT_EQ(gateway.port(), before);
    EXPECT_TRUE(client.waitFor("data: [DONE]"));
}

TEST_F(GatewayTest, AChangedPortMovesAndATakenOneDoesNot) {
    const quint16 before = gateway.port();
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost));
    config.gateway.port = taken.serverPort();
    apply();
    ASSERT_TRUE(waitUntil([&] { return !gateway.error().message.isEmpty(); }));
    EXPECT_EQ(gateway.error().code, ErrorCode::AddressInUse);
    EXPECT_EQ(gateway.state(), Gateway::State::Running);
    EXPECT_EQ(gateway.port(), before);
    EXPECT_EQ(ask("/v1").status, 200);
    EXPECT_GT(gateway.nextFreePort(), taken.serverPort());
    config.gateway.port = gateway.nextFreePort();
    apply();
    ASSERT_TRUE(waitUntil([&] { return gateway.port() == config.gateway.port; }));
    EXPECT_EQ(ask("/v1").status, 200);
    EXPECT_TRUE(gateway.error().message.isEmpty());
}

TEST_F(GatewayTest, StopsAndStartsAgain) {
    gateway.stop();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Stopped; }));
    gateway.start();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    EXPECT_EQ(ask("/v1").status, 200);
}

TEST_F(GatewayTest, StoppingFinishesWhatIsInFlight) {
    RawClient client(gateway.port());
    client.send(post("/v1", hello, "x-simulator-fault: slow-first-byte;ms=300\r\n"));
    ASSERT_TRUE(waitUntil([&] { return simulator->statistics().inFlight == 1; }));
    gateway.stop();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Stopped; }));
    EXPECT_TRUE(client.waitFor("chat.completion"));
}

TEST(Gateway, APortInUseFailsAndOffersAnother) {
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost));
    Gateway gateway([](const Auth &, SecretStore::ReadDone) {});
    Config config;
    config.gateway.port = taken.serverPort();
    gateway.apply(std::make_shared<const Config>(config));
    gateway.start();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Failed; }));
    EXPECT_EQ(gateway.error().code, ErrorCode::AddressInUse);
    EXPECT_GT(gateway.nextFreePort(), taken.serverPort());
#ifdef Q_OS_LINUX
    const QString us = u"process %1"_s.arg(QCoreApplication::applicationPid());
    EXPECT_TRUE(gateway.error().message.contains(us)) << gateway.error().message.toStdString();
#endif
}

TEST(Gateway, ServesTheBuiltInSimulator) {
    Gateway gateway([](const Auth &, SecretStore::ReadDone) { FAIL() << "no secret is needed"; });
    Config config;
    config.gateway.port = 0;
    Backend backend;
    backend.name = u"Simulator"_s;
    backend.endpoint = simulatorEndpoint;
    backend.deploymentName = u"gpt-4.1-mini"_s;
    backend.auth.kind = Auth::Kind::None;
    config.backends = {backend};
    config.routes = {{u"r"_s, {u"/azure-openai"_s, {}}, {{backend.name, {}}}, {}}};
    gateway.apply(std::make_shared<const Config>(config));
    gateway.start();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    const HttpAnswer answer = call(gateway.port(), post("/azure-openai", hello));
    EXPECT_EQ(answer.status, 200) << answer.body.toStdString();
}

} // namespace
} // namespace quaygate
