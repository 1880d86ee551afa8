#include "gateway/connection_test.h"
#include "gateway/http/http_server.h"
#include "tests/support/event_loop.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

const QByteArray notSupported =
    R"({"error":{"code":"OperationNotSupported","message":"The operation does not work with the )"
    R"(specified model, m. Please choose different model and try again."}})";
const QByteArray otherLimit =
    R"({"error":{"code":"unsupported_parameter","message":"Unsupported parameter: 'max_tokens' )"
    R"(is not supported with this model. Use 'max_completion_tokens' instead."}})";

/// Which requests the test of a connection makes, and what it says of their answers.
class ConnectionProbeTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto port = upstream.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        ASSERT_TRUE(port);
        backend.name = u"b"_s;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(*port);
        backend.deploymentName = u"m"_s;
        backend.auth.kind = Auth::Kind::None;
    }

    ConnectionReport tested() {
        ConnectionTest test;
        std::optional<ConnectionReport> report;
        QObject::connect(&test, &ConnectionTest::finished, &test,
                         [&](const ConnectionReport &given) { report = given; });
        test.run(backend, {});
        EXPECT_TRUE(waitUntil([&] { return report.has_value(); }));
        return report.value_or(ConnectionReport());
    }

    Backend backend;
    QList<HttpRequest> asked;
    std::function<std::pair<int, QByteArray>(const HttpRequest &)> answer =
        [](const HttpRequest &) { return std::pair(200, "{}"_ba); };
    HttpServer upstream{[this](const ExchangePtr &exchange) {
        asked.append(exchange->request());
        const auto [status, body] = answer(exchange->request());
        exchange->respond(status, {{"Content-Type", "application/json"}}, body);
    }};
};

TEST_F(ConnectionProbeTest, OneQuestionIsEnoughForMost) {
    EXPECT_TRUE(tested().works);
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0].target, "/openai/v1/chat/completions");
}

TEST_F(ConnectionProbeTest, AReasoningModelIsAskedInItsWords) {
    answer = [](const HttpRequest &request) {
        return request.body.contains("max_completion_tokens") ? std::pair(200, "{}"_ba)
                                                              : std::pair(400, otherLimit);
    };
    EXPECT_TRUE(tested().works);
    EXPECT_EQ(asked.size(), 2);
}

TEST_F(ConnectionProbeTest, ADeploymentOfResponsesOnlyWorks) {
    answer = [](const HttpRequest &request) {
        return request.target.endsWith("/responses") ? std::pair(200, "{}"_ba)
                                                     : std::pair(400, notSupported);
    };
    const ConnectionReport report = tested();
    EXPECT_TRUE(report.works);
    EXPECT_EQ(report.status, 200);
    EXPECT_TRUE(report.text.contains(u"Responses API only"_s)) << qPrintable(report.text);
    ASSERT_EQ(asked.size(), 2);
    EXPECT_TRUE(asked[1].body.contains("\"store\":false"));
}

TEST_F(ConnectionProbeTest, WhatAnswersNeitherIsNoModelForConversations) {
    answer = [](const HttpRequest &) { return std::pair(400, notSupported); };
    const ConnectionReport report = tested();
    EXPECT_FALSE(report.works);
    EXPECT_EQ(report.outcome, Outcome::NotAChatModel);
    EXPECT_TRUE(report.url.endsWith(u"/chat/completions"_s));
    EXPECT_EQ(asked.size(), 2);
}

TEST_F(ConnectionProbeTest, ClaudeIsAskedForAMessage) {
    backend.provider = Provider::Anthropic;
    EXPECT_TRUE(tested().works);
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0].target, "/anthropic/v1/messages");
    EXPECT_EQ(asked[0].headers.value("anthropic-version"), "2023-06-01");
}

} // namespace
} // namespace quaygate
