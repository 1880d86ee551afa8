#include "gateway/gateway.h"
#include "gateway/http/http_server.h"
#include "tests/e2e/http_call.h"

#include <QJsonArray>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

/// Three deployments, one of them Claude, on an upstream that says yes to everything.
class Models : public ::testing::Test {
protected:
    void SetUp() override {
        const auto port = upstream.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        ASSERT_TRUE(port);
        Config config;
        config.gateway.port = 0;
        for (const QString &name : {u"gpt"_s, u"mini"_s, u"claude"_s}) {
            Backend backend;
            backend.name = name;
            backend.endpoint = u"http://127.0.0.1:%1"_s.arg(*port);
            backend.deploymentName = name + u"-deployment"_s;
            backend.auth.name = name;
            config.backends.append(backend);
        }
        config.backends[2].provider = Provider::Anthropic;
        config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"mini"_s}}, {}},
                         {u"c"_s, {u"/c"_s, {}}, {{u"claude"_s}}, {}}};
        config.modelAliases = {{u"fast"_s, u"mini"_s}, {u"claude-*"_s, u"claude"_s}};
        gateway.apply(std::make_shared<const Config>(config));
        gateway.start();
        ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    }

    HttpAnswer get(const QByteArray &target, const QByteArray &headers = {}) {
        return call(gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                                        "Connection: close\r\n\r\n");
    }

    static QStringList idsOf(const HttpAnswer &answer) {
        QStringList ids;
        for (const QJsonValue entry : answer.json()["data"_L1].toArray())
            ids.append(entry["id"_L1].toString());
        ids.sort();
        return ids;
    }

    HttpRequest arrived;
    HttpServer upstream{[this](const ExchangePtr &exchange) {
        arrived = exchange->request();
        exchange->respond(200, {{"Content-Type", "application/json"}}, "{\"yes\":1}");
    }};
    Gateway gateway{[](const Auth &auth, SecretStore::ReadDone done) {
        done(Secret(QByteArray("key of " + auth.name.toUtf8())));
    }};
};

TEST_F(Models, TheModelChoosesTheBackendAtTheRoot) {
    const struct {
        QByteArray target;
        QByteArray model;
        QByteArray key;
    } table[] = {
        {"/v1/chat/completions", "gpt", "key of gpt"},
        {"/v1/responses", "mini-deployment", "key of mini"},
        {"/openai/v1/embeddings", "fast", "key of mini"},
        {"/openai/deployments/gpt-deployment/chat/completions?api-version=2024-10-21", "any",
         "key of gpt"},
        {"/r/v1/chat/completions", "gpt", "key of mini"},
    };
    for (const auto &row : table) {
        SCOPED_TRACE((row.target + ' ' + row.model).toStdString());
        const HttpAnswer answer =
            call(gateway.port(), post(row.target, R"({"model":")" + row.model + "\"}"));
        ASSERT_EQ(answer.status, 200) << answer.body.toStdString();
        EXPECT_EQ(arrived.headers.value("api-key"), row.key);
        EXPECT_EQ(arrived.body, R"({"model":")" + row.key.sliced(7) + R"(-deployment"})");
        EXPECT_FALSE(arrived.target.contains("2024-10-21"));
    }
}

TEST_F(Models, AnUnknownModelIs404WithTheNames) {
    const HttpAnswer answer =
        call(gateway.port(), post("/v1/chat/completions", R"({"model":"gpt-9"})"));
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.errorCode(), u"model_not_found"_s);
    EXPECT_TRUE(answer.errorMessage().contains(u"fast"_s));
    EXPECT_TRUE(arrived.method.isEmpty());

    const HttpAnswer anthropic = call(gateway.port(), post("/v1/messages", R"({"model":"x"})"));
    EXPECT_EQ(anthropic.status, 404);
    EXPECT_EQ(anthropic.json()["type"_L1], u"error"_s);
    EXPECT_EQ(anthropic.json()["error"_L1]["type"_L1], u"not_found_error"_s);
}

TEST_F(Models, AreListed) {
    const QStringList all{
        u"claude"_s, u"claude-deployment"_s, u"fast"_s, u"gpt"_s, u"gpt-deployment"_s,
        u"mini"_s,   u"mini-deployment"_s};
    EXPECT_EQ(idsOf(get("/v1/models")), all);
    EXPECT_EQ(idsOf(get("/openai/models?api-version=2024-10-21")), all);
    EXPECT_EQ(idsOf(get("/r/v1/models")),
              QStringList({u"fast"_s, u"mini"_s, u"mini-deployment"_s}));
    EXPECT_EQ(get("/v1/models/fast").json()["id"_L1], u"fast"_s);
    EXPECT_EQ(get("/v1/models/claude-9").json()["id"_L1], u"claude-9"_s); // by the alias with *
    EXPECT_EQ(get("/v1/models/nobody").status, 404);
    EXPECT_EQ(get("/v1/models", "anthropic-version: 2023-06-01\r\n").json()["has_more"_L1], false);
    EXPECT_TRUE(arrived.method.isEmpty());
}

TEST_F(Models, ClaudeIsAskedInItsOwnWords) {
    const QByteArray body = R"({ "max_tokens":1.0, "model":"claude-sonnet-4-5", "messages":[]})";
    const QByteArray headers = "x-api-key: mine\r\nanthropic-version: 2023-06-01\r\n"
                               "anthropic-beta: a,b\r\nx-stainless-os: Linux\r\n";
    for (const QByteArray prefix : {"", "/c"}) {
        HttpAnswer answer = call(gateway.port(), post(prefix + "/v1/messages", body, headers));
        EXPECT_EQ(answer.status, 200) << answer.body.toStdString();
        EXPECT_EQ(answer.body, "{\"yes\":1}");
        EXPECT_EQ(arrived.target, "/anthropic/v1/messages");
        EXPECT_EQ(arrived.headers.value("anthropic-version"), "2023-06-01");
        EXPECT_EQ(arrived.headers.value("anthropic-beta"), "a,b");
        EXPECT_EQ(arrived.headers.value("api-key"), "key of claude");
        EXPECT_FALSE(arrived.headers.contains("x-api-key"));
        EXPECT_FALSE(arrived.headers.contains("x-stainless-os"));
        EXPECT_EQ(arrived.body, QByteArray(body).replace("claude-sonnet-4-5", "claude-deployment"));

        answer = call(gateway.port(), post(prefix + "/v1/messages/count_tokens", body, headers));
        EXPECT_EQ(answer.body, "{\"yes\":1}");
        EXPECT_EQ(arrived.target, "/anthropic/v1/messages/count_tokens");
    }
    HttpAnswer wrong = call(gateway.port(), post("/c/v1/messages", "{broken", headers));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(wrong.json()["error"_L1]["type"_L1], u"invalid_request_error"_s);
    wrong = call(gateway.port(), post("/c/v1/chat/completions", body));
    EXPECT_EQ(wrong.status, 404);
    EXPECT_EQ(wrong.errorCode(), u"unknown_operation"_s);
}

} // namespace
} // namespace quaygate
