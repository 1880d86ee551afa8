#include "tests/pipeline/rules_desk.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using test::answer;
using test::asking;
using test::completion;
using test::RulesDesk;
using test::streamHead;
using test::waitUntil;

/// The rules of a route and of a client key on their way through the pipeline.
class RulesOnTheWay : public RulesDesk {};

TEST_F(RulesOnTheWay, AClientKeyOpensWhatItIsFor) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Required;
    const QByteArray key = newKey(u"laptop"_s);
    config.clientKeys[0].routes = {u"r"_s};
    config.clientKeys[0].models = {u"gpt-4*"_s};
    config.backends[0].deploymentName = u"gpt-4.1"_s;
    config.backends[1].deploymentName = u"o3"_s;
    route.backends.append({u"west"_s});
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
    EXPECT_TRUE(ask("/r", R"({"model":"gpt-4.1","model":"o3","messages":[]})", with)
                    .contains("\"code\":\"model_not_allowed\""))
        << "the last one counts";
    EXPECT_TRUE(ask("/r", good, "api-key: wrong\r\n").contains("\"code\":\"client_key_wrong\""));
    EXPECT_TRUE(ask("/r", good).startsWith("HTTP/1.1 401"));
    EXPECT_EQ(east.asked(), 3);
}

/// Such a route serves its backend whatever the request names.
TEST_F(RulesOnTheWay, ANameThatChoosesNothingOpensNothing) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Required;
    const QByteArray with = "api-key: " + newKey(u"laptop"_s) + "\r\n";
    config.clientKeys[0].models = {u"gpt-4*"_s};
    config.backends[0].deploymentName = u"o3"_s;
    apply();
    const QByteArray question = R"({"model":"gpt-4-anything","messages":[]})";
    EXPECT_TRUE(ask("/r", question, with).contains("\"code\":\"model_not_allowed\""));
    EXPECT_EQ(east.asked(), 0);
    config.backends[0].deploymentName = u"gpt-4.1"_s;
    apply();
    EXPECT_TRUE(ask("/r", question, with).startsWith("HTTP/1.1 200"));
}

TEST_F(RulesOnTheWay, APassedOnCredentialIsNeverAClientKey) {
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Optional;
    const QByteArray key = newKey(u"laptop"_s);
    config.backends[0].auth.kind = Auth::Kind::Passthrough;
    apply();
    ask("/r", test::body,
        "api-key: none\r\napi-key: " + key + "\r\nAuthorization: Bearer azures\r\n");
    ASSERT_EQ(east.asked(), 1);
    EXPECT_FALSE(east.upstream.requests()[0].head.contains(key));
    EXPECT_TRUE(east.upstream.requests()[0].head.contains("azures"));
}

TEST_F(RulesOnTheWay, AnAddressBeyondLoopbackWantsAKey) {
    pipeline.setAccess({QHostAddress(QHostAddress::AnyIPv4), port});
    apply();
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 401"));
}

TEST_F(RulesOnTheWay, DefaultsOverridesAndPromptsAreEdits) {
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

TEST_F(RulesOnTheWay, AGuardRefusesAndMasksWhatGoesOut) {
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

TEST_F(RulesOnTheWay, AGuardMasksAndRefusesAnswers) {
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::Email};
    GuardRule reject;
    reject.patterns = {u"forbidden"_s};
    reject.message = u"Not that."_s;
    route.rules.guard.response = {mask, reject};
    apply();
    const QByteArray json = "Content-Type: application/json\r\n";
    east.says(answer(200, R"({"choices":[{"message":{"content":"ask joe@example.com"}}]})", json));
    const QByteArray got = ask();
    EXPECT_TRUE(got.endsWith(R"({"choices":[{"message":{"content":"ask <EMAIL_ADDRESS>"}}]})"))
        << got.toStdString();
    EXPECT_EQ(record().verdicts.value(0).verdict, u"masked"_s);
    east.says(answer(200, R"({"choices":[{"message":{"content":"forbidden"}}]})", json));
    const QByteArray refused = ask();
    EXPECT_TRUE(refused.startsWith("HTTP/1.1 403")) << refused.toStdString();
    EXPECT_TRUE(refused.contains("Not that."));
    EXPECT_FALSE(refused.contains("forbidden"));
    east.says(answer(400, R"({"error":{"message":"forbidden"}})", json));
    EXPECT_TRUE(ask().contains("forbidden")) << "the service's own words";
}

TEST_F(RulesOnTheWay, NoGuardIsPassedByCompression) {
    GuardRule reject;
    reject.patterns = {u"forbidden"_s};
    route.rules.guard.response = {reject};
    apply();
    east.says(answer(200, "\x1f\x8b forbidden",
                     "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"));
    const QByteArray got = ask("/r", test::body, "Accept-Encoding: gzip\r\n");
    EXPECT_EQ(east.upstream.requests()[0].header("Accept-Encoding"), "identity");
    EXPECT_TRUE(got.startsWith("HTTP/1.1 502")) << got.toStdString();
    EXPECT_FALSE(got.contains("forbidden"));
}

TEST_F(RulesOnTheWay, AGuardMasksAcrossTheEventsOfAStream) {
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::Email};
    route.rules.guard.response = {mask};
    apply();
    const auto event = [](const QByteArray &text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    };
    const QByteArray stream =
        event("write to jo") + event("e@exam") + event("ple.com now") + "data: [DONE]\n\n";
    east.breaksOff(streamHead + stream);
    const QByteArray got = ask("/r", R"({"stream":true,"messages":[]})");
    EXPECT_FALSE(got.contains("jo")) << got.toStdString();
    EXPECT_TRUE(got.contains("<EMAIL_ADDRESS>"));
    EXPECT_TRUE(got.contains("[DONE]"));
    EXPECT_EQ(record().verdicts.value(0).rule, u"guard"_s);

    route.rules.guard.streaming = false;
    apply();
    east.breaksOff(streamHead + stream);
    EXPECT_TRUE(ask("/r", R"({"stream":true,"messages":[]})").contains("e@exam"));
}

TEST_F(RulesOnTheWay, AStreamThatAGuardRefusesStopsTheUpstream) {
    GuardRule reject;
    reject.patterns = {u"forbidden"_s};
    route.rules.guard.response = {reject};
    apply();
    east.says(streamHead + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                           "\"that is forbidden here\"}}]}\n\n");
    const QByteArray got = ask("/r", R"({"stream":true,"messages":[]})");
    EXPECT_FALSE(got.contains("forbidden")) << got.toStdString();
    EXPECT_TRUE(got.contains("guard_rejected"));
    EXPECT_TRUE(got.contains("[DONE]"));
    EXPECT_TRUE(waitUntil([&] { return east.upstream.peer(0).clientLeft; }));
}

TEST_F(RulesOnTheWay, ALimitOfRequestsIsKept) {
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

TEST_F(RulesOnTheWay, ALimitOfTokensIsReckonedAndCorrected) {
    route.rules.rateLimit = {{.tokens = 1000, .per = RateLimit::Per::Hour}};
    apply();
    east.says(answer(200, completion, "Content-Type: application/json\r\n"));
    // 900 are asked for and 120 are used, so another 800 fit.
    EXPECT_TRUE(ask("/r", R"({"max_tokens":900,"messages":[]})").startsWith("HTTP/1.1 200"));
    record();
    EXPECT_TRUE(ask("/r", R"({"max_tokens":800,"messages":[]})").startsWith("HTTP/1.1 200"));
    EXPECT_TRUE(ask("/r", R"({"max_tokens":800,"messages":[]})").startsWith("HTTP/1.1 429"));
}

TEST_F(RulesOnTheWay, ABackendsLimitSendsToTheNext) {
    route.backends.append({u"west"_s, 1, 1});
    config.backends[0].rateLimit = {{.requests = 1, .per = RateLimit::Per::Hour}};
    apply();
    EXPECT_TRUE(ask().endsWith("from east"));
    const QByteArray second = ask();
    EXPECT_TRUE(second.endsWith("from west")) << second.toStdString();
    EXPECT_TRUE(second.contains("x-quaygate-attempts: east rate_limit_exceeded\r\n"));
    EXPECT_EQ(record().attempts.size(), 2);
    route.backends.resize(1);
    apply();
    const QByteArray third = ask();
    EXPECT_TRUE(third.startsWith("HTTP/1.1 429")) << third.toStdString();
    EXPECT_TRUE(third.contains("Retry-After: "));
}

TEST_F(RulesOnTheWay, ABudgetThatIsSpentRefusesAndOneThatIsNearlyWarns) {
    Budget budget;
    budget.tokens = 200;
    budget.warnAt = 0.5;
    route.rules.budget = budget;
    apply();
    const QByteArray json = "Content-Type: application/json\r\n";
    east.says(answer(200, completion, json), 2); // 120 tokens each
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 200"));
    EXPECT_TRUE(record().verdicts.isEmpty());
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 200"));
    EXPECT_EQ(record().verdicts.value(0).verdict, u"warned"_s);
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 429")) << got.toStdString();
    EXPECT_TRUE(got.contains("\"code\":\"budget_exceeded\""));
    EXPECT_TRUE(got.contains("Retry-After: "));
    const TrafficRecord seen = record();
    EXPECT_EQ(seen.verdicts.value(0).rule, u"budget"_s);
    EXPECT_EQ(east.asked(), 2);
    apply();
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 429")) << "a new snapshot forgives nothing";
}

TEST_F(RulesOnTheWay, AFailedRequestCostsNoBudget) {
    Budget budget;
    budget.tokens = 10;
    config.gateway.budget = budget;
    apply();
    east.says(answer(500, "{}"));
    ask();
    EXPECT_TRUE(record().verdicts.isEmpty());
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 200"));
}

TEST_F(RulesOnTheWay, MetricsAreToldOnlyIfThatIsSwitchedOn) {
    const QByteArray question =
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    apply();
    EXPECT_TRUE(send(question).startsWith("HTTP/1.1 404"));
    config.gateway.metrics = true;
    apply();
    const QByteArray got = send(question);
    EXPECT_TRUE(got.startsWith("HTTP/1.1 200")) << got.toStdString();
    EXPECT_TRUE(got.contains("Content-Type: text/plain; version=0.0.4"));
    EXPECT_TRUE(got.endsWith("some_metric 1\n"));
}

TEST_F(RulesOnTheWay, AListedPageMayAsk) {
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

TEST_F(RulesOnTheWay, AParameterThatTheModelRefusesIsLeftOutFromThenOn) {
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

} // namespace
} // namespace quaygate
