#include "gateway/rules/client_key.h"
#include "tests/pipeline/pipeline_desk.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::answer;
using test::UpstreamPeer;
using test::waitUntil;

const QByteArray completion =
    R"({"choices":[{"message":{"content":"Ahoy"}}],"model":"gpt-4.1-mini-2025-04-14",)"
    R"("usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}})";
const QByteArray streamHead = "HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\n"
                              "Connection: close\r\n\r\n";

QByteArray asking(const QByteArray &text) {
    return R"({"messages":[{"role":"user","content":")" + text + R"("}]})";
}

/// The rules of a route and of a client key on their way through the pipeline.
class RulesDesk : public test::PipelineDesk {
protected:
    RulesDesk() { route.backends.resize(1); }

    QByteArray lastSent() { return east.upstream.requests().last().body; }

    /// Of the last exchange, once it is over.
    TrafficRecord record() {
        EXPECT_TRUE(waitUntil([this] { return !records.empty(); }));
        const TrafficRecord record = records.back();
        records.clear();
        return record;
    }

    QByteArray newKey(const QString &name) {
        const NewClientKey made = makeClientKey();
        config.clientKeys.append({name, made.hash});
        return made.key.reveal().toByteArray();
    }
};

TEST_F(RulesDesk, EveryExchangeLeavesARecord) {
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

TEST_F(RulesDesk, AFailureIsRecordedWithEachAttempt) {
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

TEST_F(RulesDesk, RefusedHostsOriginsAndKeysAreRecorded) {
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

TEST_F(RulesDesk, AClientThatLeavesIsRecordedAsSuch) {
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

TEST_F(RulesDesk, BodiesAreKeptOnlyUntilTheTimeThatWasSet) {
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

TEST_F(RulesDesk, AClientKeyOpensWhatItIsFor) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Required;
    const QByteArray key = newKey(u"laptop"_s);
    config.clientKeys[0].routes = {u"r"_s};
    config.clientKeys[0].models = {u"gpt-4*"_s};
    Route other = route;
    other.name = u"other"_s;
    other.match.pathPrefix = u"/other"_s;
    config.routes = {route, other};
    pipeline.setSnapshot(std::make_shared<const Config>(config));
    const QByteArray good = R"({"model":"gpt-4.1","messages":[]})";
    for (const QByteArray &header :
         {"Authorization: Bearer " + key, "api-key: " + key, "x-api-key: " + key}) {
        EXPECT_TRUE(ask("/r", good, header + "\r\n").startsWith("HTTP/1.1 200"))
            << header.first(9).toStdString();
        EXPECT_EQ(record().clientKey, u"laptop"_s);
        EXPECT_FALSE(east.upstream.requests().last().head.contains(key))
            << "it never goes upstream";
    }
    const QByteArray with = "api-key: " + key + "\r\n";
    EXPECT_TRUE(ask("/other", good, with).contains("\"code\":\"route_not_allowed\""));
    EXPECT_TRUE(ask("/r", R"({"model":"o3","messages":[]})", with)
                    .contains("\"code\":\"model_not_allowed\""));
    EXPECT_TRUE(ask("/r", good, "api-key: wrong\r\n").contains("\"code\":\"client_key_wrong\""));
    EXPECT_TRUE(ask("/r", good).startsWith("HTTP/1.1 401"));
    EXPECT_EQ(east.asked(), 3);
}

TEST_F(RulesDesk, APassedOnCredentialIsNeverAClientKey) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Optional;
    const QByteArray key = newKey(u"laptop"_s);
    config.backends[0].auth.kind = Auth::Kind::Passthrough;
    apply();
    ask("/r", test::body, "api-key: " + key + "\r\nAuthorization: Bearer azures\r\n");
    ASSERT_EQ(east.asked(), 1);
    EXPECT_FALSE(east.upstream.requests()[0].head.contains(key));
    EXPECT_TRUE(east.upstream.requests()[0].head.contains("azures"));
}

TEST_F(RulesDesk, AnAddressBeyondLoopbackWantsAKey) {
    pipeline.setAccess({QHostAddress(QHostAddress::AnyIPv4), port});
    apply();
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 401"));
}

TEST_F(RulesDesk, DefaultsOverridesAndPromptsAreEdits) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Optional;
    const QByteArray key = newKey(u"laptop"_s);
    route.rules.defaults = {{u"temperature"_s, "0.2"}, {u"top_p"_s, "1"}};
    route.rules.overrides = {{u"user"_s, "\"route\""}};
    route.rules.prompt.prepend = {{u"system"_s, u"Be brief."_s}};
    config.clientKeys[0].rules.overrides = {{u"user"_s, "\"key\""}};
    apply();
    ask("/r", R"({"top_p":0.50,"user":"me","messages":[{"role":"user","content":"Hi"}]})",
        "api-key: " + key + "\r\n");
    const QJsonObject sent = QJsonDocument::fromJson(lastSent()).object();
    EXPECT_EQ(sent["temperature"_L1].toDouble(), 0.2);
    EXPECT_TRUE(lastSent().contains("\"top_p\":0.50")) << "as it was spelt";
    EXPECT_EQ(sent["user"_L1].toString(), u"key"_s);
    EXPECT_EQ(sent["messages"_L1][0]["content"_L1].toString(), u"Be brief."_s);
    EXPECT_EQ(sent["messages"_L1][1]["content"_L1].toString(), u"Hi"_s);
}

TEST_F(RulesDesk, AGuardRefusesAndMasksWhatGoesOut) {
    GuardRule reject;
    reject.patterns = {u"secret-\\d+"_s};
    reject.status = 451;
    reject.message = u"No secrets, please."_s;
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::Email};
    route.rules.guard.request = {reject, mask};
    apply();
    const QByteArray refused = ask("/r", asking("it is secret-42"));
    EXPECT_TRUE(refused.startsWith("HTTP/1.1 451")) << refused.toStdString();
    EXPECT_TRUE(refused.contains("No secrets, please."));
    EXPECT_EQ(east.asked(), 0);
    const TrafficRecord seen = record();
    ASSERT_FALSE(seen.verdicts.isEmpty());
    EXPECT_EQ(seen.verdicts[0].rule, u"guard"_s);
    EXPECT_FALSE(seen.verdicts[0].detail.contains(u"42"_s)) << "never what matched";

    EXPECT_TRUE(ask("/r", asking("write to joe@example.com")).startsWith("HTTP/1.1 200"));
    EXPECT_FALSE(lastSent().contains("joe@"));
    EXPECT_TRUE(lastSent().contains("write to <EMAIL_ADDRESS>"));
}

TEST_F(RulesDesk, ALimitOfRequestsIsKept) {
    route.rules.rateLimit = {{.requests = 60, .per = RateLimit::Per::Minute, .burst = 2}};
    apply();
    for (const char *left : {"1", "0"}) {
        const QByteArray got = ask();
        EXPECT_TRUE(got.startsWith("HTTP/1.1 200"));
        EXPECT_TRUE(got.contains("x-ratelimit-remaining-requests: " + QByteArray(left) + "\r\n"))
            << got.toStdString();
    }
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 429")) << got.toStdString();
    EXPECT_TRUE(got.contains("Retry-After: 1\r\n")) << got.toStdString();
    EXPECT_TRUE(got.contains("\"code\":\"rate_limit_exceeded\""));
    EXPECT_EQ(east.asked(), 2);
    apply();
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 429")) << "a new snapshot begins nothing anew";
}

TEST_F(RulesDesk, ALimitOfTokensIsReckonedAndCorrected) {
    route.rules.rateLimit = {{.tokens = 1000, .per = RateLimit::Per::Hour}};
    apply();
    east.says(answer(200, completion, "Content-Type: application/json\r\n"));
    // 900 are asked for and 120 are used, so another 800 fit.
    EXPECT_TRUE(ask("/r", R"({"max_tokens":900,"messages":[]})").startsWith("HTTP/1.1 200"));
    record();
    EXPECT_TRUE(ask("/r", R"({"max_tokens":800,"messages":[]})").startsWith("HTTP/1.1 200"));
    EXPECT_TRUE(ask("/r", R"({"max_tokens":800,"messages":[]})").startsWith("HTTP/1.1 429"));
}

TEST_F(RulesDesk, ABackendsLimitSendsToTheNext) {
    route.backends.append({u"west"_s, 1, 1});
    config.backends[0].rateLimit = {{.requests = 1, .per = RateLimit::Per::Hour}};
    apply();
    EXPECT_TRUE(ask().endsWith("from east"));
    const QByteArray second = ask();
    EXPECT_TRUE(second.endsWith("from west")) << second.toStdString();
    EXPECT_TRUE(second.contains("x-quaygate-attempts: east rate_limit_exceeded\r\n"));
    route.backends.resize(1);
    apply();
    const QByteArray third = ask();
    EXPECT_TRUE(third.startsWith("HTTP/1.1 429")) << third.toStdString();
    EXPECT_TRUE(third.contains("Retry-After: "));
}

TEST_F(RulesDesk, AListedPageMayAsk) {
    config.gateway.cors.allowedOrigins = {u"https://app.example"_s};
    apply();
    const QByteArray preflight =
        send("OPTIONS /r/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
             "Origin: https://app.example\r\n"
             "Access-Control-Request-Method: POST\r\n"
             "Access-Control-Request-Headers: authorization\r\n"
             "Connection: close\r\n\r\n");
    EXPECT_TRUE(preflight.startsWith("HTTP/1.1 204")) << preflight.toStdString();
    EXPECT_TRUE(preflight.contains("Access-Control-Allow-Headers: authorization\r\n"));
    EXPECT_EQ(east.asked(), 0);
    const QByteArray got = ask("/r", test::body, "Origin: https://app.example\r\n");
    EXPECT_TRUE(got.startsWith("HTTP/1.1 200"));
    EXPECT_TRUE(got.contains("Access-Control-Allow-Origin: https://app.example\r\n"));
    EXPECT_TRUE(ask("/nowhere", test::body, "Origin: https://app.example\r\n")
                    .contains("Access-Control-Allow-Origin: https://app.example\r\n"))
        << "errors too";
    EXPECT_TRUE(
        ask("/r", test::body, "Origin: https://other.example\r\n").startsWith("HTTP/1.1 403"));
}

TEST_F(RulesDesk, AParameterThatTheModelRefusesIsLeftOutFromThenOn) {
    apply();
    east.says(answer(
        400,
        R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}})"));
    east.says(answer(
        400,
        R"({"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}})"));
    const QByteArray question = R"({"max_tokens":9,"temperature":0.2,"messages":[]})";
    EXPECT_TRUE(ask("/r", question).endsWith("from east"));
    EXPECT_EQ(east.asked(), 3);
    EXPECT_TRUE(lastSent().contains("\"max_completion_tokens\":9"));
    EXPECT_FALSE(lastSent().contains("temperature"));
    EXPECT_EQ(record().attempts.size(), 1) << "one attempt, however often it was sent";
    EXPECT_TRUE(ask("/r", question).endsWith("from east"));
    EXPECT_EQ(east.asked(), 4) << "remembered";
    EXPECT_FALSE(lastSent().contains("temperature"));
}

TEST_F(RulesDesk, WhatAStreamCostsIsAskedForAndKeptFromTheClient) {
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
