#include "gateway/gateway.h"
#include "gateway/http/http_server.h"
#include "tests/e2e/http_call.h"

#include <QJsonArray>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

const QByteArray notSupported =
    R"({"error":{"code":"OperationNotSupported","message":"The operation does not work with the )"
    R"(specified model. Please choose different model and try again."}})";
const QByteArray notFound = R"({"error":{"code":"404","message": "Resource not found"}})";
const QByteArray chatQuestion = R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})";
const QByteArray chatStream =
    R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]})";
const QByteArray responsesQuestion = R"({"model":"m","input":"Hi"})";
const QByteArray response =
    R"({"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"m",)"
    R"("output":[{"type":"message","id":"msg_1","role":"assistant","status":"completed",)"
    R"("content":[{"type":"output_text","text":"Ahoy","annotations":[]}]}],)"
    R"("usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}})";
const QByteArray completion =
    R"({"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,)"
    R"("message":{"role":"assistant","content":"Ahoy"},"finish_reason":"stop",)"
    R"("content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}],)"
    R"("prompt_filter_results":[],"usage":{"prompt_tokens":1,"completion_tokens":2,)"
    R"("total_tokens":3}})";

QByteArray responseEvents() {
    return "event: response.created\n"
           "data: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":"
           "{\"id\":\"resp_1\",\"created_at\":1,\"model\":\"m\",\"status\":\"in_progress\"}}\n\n"
           "event: response.output_text.delta\n"
           "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,"
           "\"output_index\":0,\"delta\":\"Ahoy\"}\n\n"
           "event: response.completed\n"
           "data: {\"type\":\"response.completed\",\"sequence_number\":2,\"response\":" +
           response + "}\n\n";
}

/// An upstream whose deployment lacks one of the two APIs, and a client that asks for either.
class Translation : public ::testing::Test {
protected:
    void SetUp() override {
        const auto port = upstream.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        ASSERT_TRUE(port);
        Backend backend;
        backend.name = u"b"_s;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(*port);
        backend.deploymentName = u"gpt-4.1"_s;
        backend.auth.kind = Auth::Kind::None;
        config.gateway.port = 0;
        config.gateway.workers = 2;
        config.backends = {backend};
        config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"b"_s}}, {}}};
        QObject::connect(&gateway, &Gateway::apisLearned, &gateway,
                         [this](const QString &name, SpokenApis spoken) {
                             learned.append({name, spoken});
                         });
        apply();
        gateway.start();
        ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    }

    void apply() { gateway.apply(std::make_shared<const Config>(config)); }

    HttpAnswer ask(const QByteArray &target, const QByteArray &body) {
        asked.clear();
        return call(gateway.port(), post(target, body));
    }

    /// Both workers know: the news has been heard here, and has gone out to them.
    bool waitForNews(qsizetype count) {
        return waitUntil([&] { return learned.size() == count; });
    }

    void answer(Exchange &exchange) {
        const HttpRequest &request = exchange.request();
        const bool wantsChat = request.target.contains("chat/completions");
        asked.append(wantsChat ? 'C' : 'R');
        lastBody = request.body;
        const HeaderList json{{"Content-Type", "application/json"}};
        if (wantsChat ? !hasChat : !hasResponses)
            return exchange.respond(wantsChat ? 400 : refusalStatus, json,
                                    refusalStatus == 404 && !wantsChat ? notFound : notSupported);
        if (!wantsChat && request.body.contains("\"stream\":true"))
            return exchange.respond(200, {{"Content-Type", "text/event-stream"}}, responseEvents());
        exchange.respond(200, json, wantsChat ? completion : response);
    }

    bool hasChat = true;
    bool hasResponses = true;
    int refusalStatus = 404;
    QByteArray asked; ///< upstream: C for chat completions, R for responses
    QByteArray lastBody;
    QList<std::pair<QString, SpokenApis>> learned;
    HttpServer upstream{[this](const ExchangePtr &exchange) { answer(*exchange); }};
    Config config;
    Gateway gateway{[](const Auth &, SecretStore::ReadDone) {}};
};

TEST_F(Translation, ChatIsAnsweredByADeploymentThatHasOnlyResponses) {
    hasChat = false;
    const HttpAnswer first = ask("/r/v1/chat/completions", chatQuestion);
    ASSERT_EQ(first.status, 200) << first.body.toStdString();
    EXPECT_EQ(asked, "CR");
    EXPECT_EQ(first.json()["object"_L1], u"chat.completion"_s);
    EXPECT_EQ(first.json()["choices"_L1][0]["message"_L1]["content"_L1], u"Ahoy"_s);
    EXPECT_TRUE(lastBody.contains("\"model\":\"gpt-4.1\"")) << lastBody.toStdString();
    ASSERT_TRUE(waitForNews(1));
    EXPECT_EQ(learned.first(), std::pair(u"b"_s, SpokenApis::ResponsesOnly));
    EXPECT_EQ(gateway.apisOf(u"b"_s), SpokenApis::ResponsesOnly);

    for (int i = 0; i < 4; ++i) { // on each worker
        EXPECT_EQ(ask("/r/v1/chat/completions", chatQuestion).status, 200);
        EXPECT_EQ(asked, "R");
    }
    EXPECT_EQ(ask("/r/v1/responses", responsesQuestion).body, response);
}

TEST_F(Translation, AStreamToo) {
    hasChat = false;
    const HttpAnswer answer = ask("/r/v1/chat/completions", chatStream);
    ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
    EXPECT_TRUE(answer.header("content-type").startsWith("text/event-stream"));
    EXPECT_TRUE(answer.body.contains("chat.completion.chunk"));
    EXPECT_TRUE(answer.body.contains("Ahoy"));
    EXPECT_TRUE(answer.body.contains("data: [DONE]"));
}

TEST_F(Translation, AnthropicsClientsToo) {
    hasChat = false;
    const HttpAnswer answer =
        ask("/r/v1/messages",
            R"({"model":"c","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]})");
    ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
    EXPECT_EQ(answer.json()["content"_L1][0]["text"_L1], u"Ahoy"_s);
}

TEST_F(Translation, ResponsesAreAnsweredByADeploymentThatHasOnlyChat) {
    hasResponses = false;
    for (const int status : {404, 400}) {
        refusalStatus = status;
        config.backends[0].apiVersion = status == 404 ? u"2024-10-21"_s : u"v1"_s;
        apply();
        const HttpAnswer answer = ask("/r/v1/responses", responsesQuestion);
        ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
        EXPECT_EQ(asked, "RC");
        EXPECT_EQ(answer.json()["object"_L1], u"response"_s);
        EXPECT_EQ(answer.json()["output"_L1][0]["content"_L1][0]["text"_L1], u"Ahoy"_s);
        ASSERT_TRUE(waitUntil([&] { return gateway.apisOf(u"b"_s) == SpokenApis::ChatOnly; }));
    }
    config.backends[0].deploymentName = u"other"_s;
    apply();
    EXPECT_EQ(gateway.apisOf(u"b"_s), SpokenApis::Both); // it may be another model
}

TEST_F(Translation, WhatAnswersNeitherIsToldInItsOwnWords) {
    hasChat = hasResponses = false;
    const HttpAnswer answer = ask("/r/v1/chat/completions", chatQuestion);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, notSupported);
    EXPECT_EQ(asked, "CR");
    EXPECT_EQ(ask("/r/v1/chat/completions", chatQuestion).status, 400);
    EXPECT_EQ(asked, "CR");
    EXPECT_TRUE(learned.isEmpty());
}

TEST_F(Translation, WhatCannotBeSaidOtherwiseIsNamed) {
    hasChat = false;
    const HttpAnswer answer = ask("/r/v1/chat/completions",
                                  R"({"messages":[{"role":"user","content":"Hi"}],"stop":["x"]})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(answer.errorMessage().contains(u"stop"_s)) << answer.body.toStdString();
}

TEST_F(Translation, AChangedModelIsAskedAnew) {
    hasChat = false;
    ASSERT_EQ(ask("/r/v1/chat/completions", chatQuestion).status, 200);
    ASSERT_TRUE(waitForNews(1));
    hasChat = true;
    hasResponses = false;
    EXPECT_EQ(ask("/r/v1/chat/completions", chatQuestion).status, 404); // what it was is forgotten
    ASSERT_TRUE(waitForNews(2));
    EXPECT_EQ(learned.last(), std::pair(u"b"_s, SpokenApis::Both));
    EXPECT_EQ(ask("/r/v1/chat/completions", chatQuestion).status, 200);
    EXPECT_EQ(asked, "C");
}

TEST_F(Translation, OtherRefusalsPassUnchanged) {
    hasResponses = false;
    EXPECT_EQ(ask("/r/v1/embeddings", "{\"input\":\"x\"}").body, notFound);
    EXPECT_EQ(asked, "R");
}

TEST_F(Translation, AStrictRouteDropsWhatAzureAdds) {
    EXPECT_EQ(ask("/r/v1/chat/completions", chatQuestion).body, completion);
    config.routes[0].strictOpenAI = true;
    apply();
    const HttpAnswer answer = ask("/r/v1/chat/completions", chatQuestion);
    EXPECT_EQ(answer.json()["choices"_L1][0]["message"_L1]["content"_L1], u"Ahoy"_s);
    EXPECT_FALSE(answer.body.contains("filter")) << answer.body.toStdString();
}

} // namespace
} // namespace quaygate
