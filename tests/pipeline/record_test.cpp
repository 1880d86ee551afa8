#include "tests/pipeline/rules_desk.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::answer;
using test::asking;
using test::completion;
using test::RulesDesk;
using test::streamHead;
using test::UpstreamPeer;
using test::waitUntil;

/// What is remembered of an exchange.
class Record : public RulesDesk {};

TEST_F(Record, EveryExchangeLeavesARecord) {
    apply();
    east.says(answer(200, completion,
                     "Content-Type: application/json\r\napim-request-id: a-1\r\n"
                     "x-request-id: m-1\r\n"));
    ask("/r/v1/chat/completions?x=secret", R"({"messages":[],"model":"asked"})",
        "User-Agent: tool/1.0\r\n");
    const TrafficRecord seen = record();
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.path, "/r/v1/chat/completions") << "no query: it may hold a key";
    EXPECT_EQ(seen.tool, u"tool/1.0"_s);
    EXPECT_EQ(seen.route, u"r"_s);
    EXPECT_EQ(seen.operation, u"chat completions"_s);
    ASSERT_EQ(seen.attempts.size(), 1);
    EXPECT_EQ(seen.attempts[0].backend, u"east"_s);
    EXPECT_EQ(seen.attempts[0].status, 200);
    EXPECT_GT(seen.attempts[0].duration, 0us);
    EXPECT_EQ(seen.modelAsked, u"asked"_s);
    EXPECT_EQ(seen.modelSent, u"d"_s);
    EXPECT_EQ(seen.modelReturned, u"gpt-4.1-mini-2025-04-14"_s);
    EXPECT_EQ(seen.status, 200);
    EXPECT_FALSE(seen.streamed);
    EXPECT_GE(seen.duration, *seen.firstByte);
    EXPECT_EQ(seen.bytesIn, 31);
    EXPECT_EQ(seen.bytesOut, completion.size());
    EXPECT_EQ(seen.usage.input, 100);
    EXPECT_EQ(seen.usage.output, 20);
    ASSERT_TRUE(seen.cost.has_value());
    EXPECT_NEAR(*seen.cost, (100 * 0.4 + 20 * 1.6) / 1e6, 1e-9);
    EXPECT_EQ(seen.azureRequestId, "a-1");
    EXPECT_EQ(seen.modelRequestId, "m-1");
    EXPECT_TRUE(seen.requestBody.isEmpty());
    EXPECT_TRUE(seen.responseBody.isEmpty());
    EXPECT_TRUE(seen.error.isEmpty());
}

TEST_F(Record, AFailureIsRecordedWithEachAttempt) {
    route.backends.append({u"west"_s});
    route.backends[0].priority = 0;
    route.backends[1].priority = 1;
    apply();
    east.says(answer(429, "{}"));
    west.upstream.close();
    ask();
    const TrafficRecord seen = record();
    ASSERT_EQ(seen.attempts.size(), 2);
    EXPECT_EQ(seen.attempts[0].status, 429);
    EXPECT_EQ(seen.attempts[1].backend, u"west"_s);
    EXPECT_EQ(seen.attempts[1].status, 0);
    EXPECT_TRUE(seen.attempts[1].error.contains(u"Nothing answers"_s));
    EXPECT_EQ(seen.status, 429);
}

TEST_F(Record, RefusedHostsOriginsAndKeysAreRecorded) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Required;
    newKey(u"tool"_s);
    apply();
    struct {
        QByteArray request;
        const char *rule;
        const char *code;
    } const rows[] = {
        {"GET /r HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "host",
         "forbidden_host"},
        {"GET /r HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
         "Connection: close\r\n\r\n",
         "origin", "forbidden_origin"},
        {"GET /r HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "clientKey",
         "client_key_missing"},
    };
    for (const auto &row : rows) {
        send(row.request);
        const TrafficRecord seen = record();
        ASSERT_EQ(seen.verdicts.size(), 1) << row.rule;
        EXPECT_EQ(seen.verdicts[0].rule, QLatin1StringView(row.rule));
        EXPECT_EQ(seen.verdicts[0].verdict, u"rejected"_s);
        EXPECT_EQ(seen.errorCode, QLatin1StringView(row.code));
        EXPECT_FALSE(seen.error.isEmpty());
        EXPECT_GE(seen.status, 400);
        EXPECT_TRUE(seen.attempts.isEmpty());
    }
}

TEST_F(Record, AClientThatLeavesIsRecordedAsSuch) {
    apply();
    east.script.push_back([](UpstreamPeer &) {});
    {
        test::RawClient client(port);
        client.send(request("/r", test::body, {}));
        ASSERT_TRUE(waitUntil([&] { return east.asked() == 1; }));
    }
    const TrafficRecord seen = record();
    EXPECT_TRUE(seen.cancelled);
    EXPECT_EQ(seen.status, 0);
}

TEST_F(Record, BodiesAreKeptOnlyUntilTheTimeThatWasSet) {
    config.gateway.traffic.bodiesUntil =
        QDateTime::currentDateTimeUtc().addSecs(60).toString(Qt::ISODate);
    apply();
    ask("/r", asking("remember me"));
    EXPECT_TRUE(record().requestBody.contains("remember me"));
    config.gateway.traffic.bodiesUntil =
        QDateTime::currentDateTimeUtc().addSecs(-1).toString(Qt::ISODate);
    apply();
    ask("/r", asking("remember me"));
    EXPECT_TRUE(record().requestBody.isEmpty());
}

TEST_F(Record, WhatAStreamCostsIsAskedForAndKeptFromTheClient) {
    apply();
    const QByteArray text =
        "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}],\"usage\":null}\n\n";
    const QByteArray usage =
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
    const QByteArray done = "data: [DONE]\n\n";
    east.breaksOff(streamHead + text + usage + done);
    const QByteArray got = ask("/r", R"({"stream":true,"messages":[]})");
    EXPECT_TRUE(got.contains("Hi"));
    EXPECT_FALSE(got.contains("prompt_tokens")) << got.toStdString();
    EXPECT_TRUE(got.contains("[DONE]"));
    EXPECT_TRUE(lastSent().contains("\"include_usage\":true"));
    const TrafficRecord seen = record();
    EXPECT_EQ(seen.usage.input, 7);
    EXPECT_TRUE(seen.streamed);
    EXPECT_TRUE(seen.firstToken.has_value());

    east.breaksOff(streamHead + text + usage + done);
    EXPECT_TRUE(
        ask("/r", R"({"stream":true,"stream_options":{"include_usage":true},"messages":[]})")
            .contains("prompt_tokens"))
        << "who asks gets it";

    config.backends[0].apiVersion = u"2024-02-01"_s;
    apply();
    east.breaksOff(streamHead + text + done);
    ask("/r", R"({"stream":true,"messages":[]})");
    EXPECT_FALSE(lastSent().contains("include_usage")) << "it does not know that";
}

} // namespace
} // namespace quaygate
