#include "gateway/gateway.h"
#include "gateway/simulator/simulator.h"
#include "tests/e2e/http_call.h"

#include <QJsonArray>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

const QByteArray hello =
    R"({"model":"claude-sonnet","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]})";
const QByteArray helloStream = R"({"model":"claude-sonnet","max_tokens":64,"stream":true,)"
                               R"("messages":[{"role":"user","content":"Hi"}]})";

/// A client of Anthropic's API in front of a chat deployment.
class Messages : public ::testing::Test {
protected:
    void SetUp() override {
        SimulatorSettings settings;
        settings.tokenInterval = std::chrono::milliseconds(0);
        settings.deployments = {{u"chat"_s, u"gpt-4.1-mini"_s, {}}};
        simulator = std::make_unique<Simulator>(settings);
        quint16 port = 0;
        simulator->start([&port](const Result<quint16> &result) { port = result.value(); });
        ASSERT_TRUE(waitUntil([&port] { return port != 0; }));
        Backend backend;
        backend.name = u"b"_s;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(port);
        backend.deploymentName = u"chat"_s;
        backend.auth.name = u"key"_s;
        config.gateway.port = 0;
        config.backends = {backend};
        config.routes = {{u"r"_s, {u"/claude"_s, {}}, {{u"b"_s}}, {}}};
        gateway.apply(std::make_shared<const Config>(config));
        gateway.start();
        ASSERT_TRUE(waitUntil([this] { return gateway.state() == Gateway::State::Running; }));
    }

    HttpAnswer ask(const QByteArray &body, const QByteArray &headers = {},
                   const QByteArray &target = "/claude/v1/messages?beta=true") {
        return call(
            gateway.port(),
            post(target, body, "x-api-key: mine\r\nanthropic-version: 2023-06-01\r\n" + headers));
    }

    Config config;
    std::unique_ptr<Simulator> simulator;
    Gateway gateway{[](const Auth &, SecretStore::ReadDone done) { done(Secret("key"_ba)); }};
};

TEST_F(Messages, AnAnswerIsAMessage) {
    const HttpAnswer answer = ask(hello);
    ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_FALSE(answer.header("request-id").isEmpty());
    const QJsonObject message = answer.json();
    EXPECT_EQ(message["type"_L1].toString(), u"message"_s);
    EXPECT_EQ(message["role"_L1].toString(), u"assistant"_s);
    EXPECT_EQ(message["model"_L1].toString(), u"claude-sonnet"_s);
    EXPECT_FALSE(message["content"_L1][0]["text"_L1].toString().isEmpty());
    EXPECT_GT(message["usage"_L1]["output_tokens"_L1].toInt(), 0);
}

TEST_F(Messages, AStreamHasTheEventsInOrder) {
    const HttpAnswer answer = ask(helloStream);
    ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
    qsizetype at = -1;
    for (const char *event : {"message_start", "content_block_start", "content_block_delta",
                              "content_block_stop", "message_delta", "message_stop"}) {
        const qsizetype next = answer.body.indexOf("event: " + QByteArray(event), at + 1);
        ASSERT_GT(next, at) << event << " in " << answer.body.toStdString();
        at = next;
    }
    EXPECT_FALSE(answer.body.contains("[DONE]"));
    EXPECT_FALSE(answer.body.contains("chat.completion"));
}

TEST_F(Messages, ErrorsHaveAnthropicsShape) {
    const struct {
        HttpAnswer answer;
        int status;
        QString type;
    } table[] = {
        {ask(hello, "x-simulator-fault: 429\r\n"), 429, u"rate_limit_error"_s},
        {ask(helloStream, "x-simulator-fault: 429\r\n"), 429, u"rate_limit_error"_s},
        {ask(hello, "x-simulator-fault: html-502\r\n"), 502, u"api_error"_s},
        {ask("{broken"), 400, u"invalid_request_error"_s},
        {ask(R"({"model":"m","max_tokens":1})"), 400, u"invalid_request_error"_s},
        {ask("{}", {}, "/claude/v1/messages/count_tokens"), 400, u"invalid_request_error"_s},
    };
    for (const auto &row : table) {
        EXPECT_EQ(row.answer.status, row.status) << row.answer.body.toStdString();
        const QJsonObject error = row.answer.json();
        EXPECT_EQ(error["type"_L1].toString(), u"error"_s) << row.answer.body.toStdString();
        EXPECT_EQ(error["error"_L1]["type"_L1].toString(), row.type)
            << row.answer.body.toStdString();
        EXPECT_FALSE(error["error"_L1]["message"_L1].toString().isEmpty());
    }
}

TEST_F(Messages, TokensAreCountedHere) {
    const HttpAnswer answer = ask(hello, {}, "/claude/v1/messages/count_tokens");
    ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
    EXPECT_GT(answer.json()["input_tokens"_L1].toInt(), 0);
    EXPECT_EQ(simulator->statistics().requests, 0);
}

TEST_F(Messages, ALeavingClientCancelsUpstream) {
    RawClient client(gateway.port());
    client.send(
        post("/claude/messages", helloStream, "x-simulator-fault: silent-gap;ms=60000\r\n"));
    ASSERT_TRUE(client.waitFor("message_start"));
    client.socket.abort();
    EXPECT_TRUE(waitUntil([&] { return simulator->statistics().cancelled == 1; }));
}

TEST_F(Messages, ACutUpstreamIsNoWholeMessage) {
    const HttpAnswer whole = ask(hello, "x-simulator-fault: cut\r\n");
    EXPECT_EQ(whole.status, 502) << whole.body.toStdString();
    RawClient client(gateway.port());
    client.send(post("/claude/v1/messages", helloStream, "x-simulator-fault: cut\r\n"));
    ASSERT_TRUE(client.waitForClose());
    EXPECT_FALSE(client.received().contains("message_stop"));
}

} // namespace
} // namespace quaygate
