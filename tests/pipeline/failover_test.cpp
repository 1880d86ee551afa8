#include "tests/pipeline/pipeline_desk.h"

#include <QDeadlineTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::answer;
using test::body;
using test::Deployment;
using test::RawClient;
using test::RawRequest;
using test::UpstreamPeer;
using test::waitUntil;

/// A route over "east" (asked first), "west" and "spare".
class Failover : public test::PipelineDesk {};

/// What goes wrong at the first backend, and what the client is told of it.
struct Mishap {
    const char *name;
    std::function<void(Deployment &)> happens;
    const char *told;
};

void PrintTo(const Mishap &row, std::ostream *out) {
    *out << row.name;
}

class Mishaps : public Failover, public testing::WithParamInterface<Mishap> {};

TEST_P(Mishaps, AreNoneForTheClient) {
    apply();
    GetParam().happens(east);
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 200")) << got.toStdString();
    EXPECT_TRUE(got.endsWith("\r\n\r\nfrom west")) << got.toStdString();
    EXPECT_TRUE(got.contains("x-quaygate-attempts: east " + QByteArray(GetParam().told) + "\r\n"))
        << got.toStdString();
    ASSERT_EQ(west.asked(), 1);
    EXPECT_EQ(west.upstream.requests()[0].body, R"({"messages":[],"model":"d"})");
    EXPECT_EQ(spare.asked(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Mishaps,
    testing::Values(
        Mishap{"TooMany", [](Deployment &d) { d.says(answer(429, "{}")); }, "429"},
        Mishap{"Timeout", [](Deployment &d) { d.says(answer(408, "{}")); }, "408"},
        Mishap{"Error", [](Deployment &d) { d.says(answer(500, "{}")); }, "500"},
        Mishap{"BadGateway", [](Deployment &d) { d.says(answer(502, "<html>")); }, "502"},
        Mishap{"Unavailable", [](Deployment &d) { d.says(answer(503, {})); }, "503"},
        Mishap{"GatewayTimeout", [](Deployment &d) { d.says(answer(504, {})); }, "504"},
        Mishap{"NoListener", [](Deployment &d) { d.upstream.close(); }, "connection_refused"},
        Mishap{"Garbage", [](Deployment &d) { d.says("what?\r\n\r\n"); }, "upstream_protocol"},
        Mishap{"ClosedBeforeTheHead", [](Deployment &d) { d.breaksOff({}); }, "upstream_closed"},
        Mishap{"CutBeforeTheBody",
               [](Deployment &d) { d.breaksOff("HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\n"); },
               "upstream_closed"},
        Mishap{
            "CutInTheMiddleOfAWholeAnswer",
            [](Deployment &d) { d.breaksOff("HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\nfrom"); },
            "upstream_closed"},
        Mishap{"AStreamCutBeforeItsFirstByte",
               [](Deployment &d) {
                   d.breaksOff("HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n");
               },
               "upstream_closed"},
        Mishap{"CutInARefusal",
               [](Deployment &d) { d.breaksOff("HTTP/1.1 429 x\r\nContent-Length: 9\r\n\r\n{"); },
               "upstream_closed"}),
    [](const auto &row) { return std::string(row.param.name); });

TEST_F(Failover, NothingIsRetriedOnceAByteHasGoneToTheClient) {
    apply();
    east.breaksOff("HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 200")) << got.toStdString();
    EXPECT_TRUE(got.contains("data:"));
    EXPECT_FALSE(got.endsWith("0\r\n\r\n")) << "the client sees that it broke off";
    EXPECT_EQ(west.asked(), 0);
}

TEST_F(Failover, AStreamThatBeginsWithAnErrorIsNone) {
    apply();
    const QByteArray head = "HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\n"
                            "Connection: close\r\n\r\n";
    const QByteArray error = "data: {\"error\":{\"message\":\"no\"}}\n\n";
    east.breaksOff(head + error);
    EXPECT_TRUE(ask().endsWith("from west"));
    for (Deployment *deployment : {&east, &west, &spare})
        deployment->breaksOff(head + error);
    EXPECT_TRUE(ask().contains(error)) << "nobody has another";
}

TEST_F(Failover, ABigAnswerIsPassedOnBeforeItIsWhole) {
    apply();
    const QByteArray part(300 * 1024, 'x');
    east.says("HTTP/1.1 200 x\r\nContent-Length: 400000\r\n\r\n" + part);
    RawClient client(port);
    client.send(request("/r", body, {}));
    EXPECT_TRUE(waitUntil([&] { return client.received().size() >= part.size(); }));
}

TEST_F(Failover, ARefusalOfTheRequestIsTheClients) {
    apply();
    for (const int status : {400, 401, 403, 404, 422}) {
        east.says(answer(status, "{\"error\":1}"));
        const QByteArray got = ask();
        EXPECT_TRUE(got.startsWith("HTTP/1.1 " + QByteArray::number(status))) << got.toStdString();
        EXPECT_TRUE(got.endsWith("{\"error\":1}"));
        EXPECT_FALSE(got.contains("x-quaygate-attempts"));
    }
    EXPECT_EQ(west.asked(), 0);
}

TEST_F(Failover, WhenAllFailTheLastAnswerIsPassedOnWithWhatWasTried) {
    apply();
    east.says(answer(429, "{\"from\":\"east\"}", "retry-after: 7\r\n"));
    west.says(answer(503, "{\"from\":\"west\"}", "x-request-id: w\r\n"));
    spare.upstream.close();
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 503")) << got.toStdString();
    EXPECT_TRUE(got.endsWith("{\"from\":\"west\"}")) << got.toStdString();
    EXPECT_TRUE(got.contains("x-request-id: w\r\n"));
    EXPECT_TRUE(
        got.contains("x-quaygate-attempts: east 429, west 503, spare connection_refused\r\n"))
        << got.toStdString();
}

TEST_F(Failover, WhenNobodyAnswersTheClientIsToldWhy) {
    apply();
    for (Deployment *deployment : {&east, &west, &spare})
        deployment->upstream.close();
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 502")) << got.toStdString();
    EXPECT_TRUE(got.contains("\"code\":\"connection_refused\""));
    EXPECT_TRUE(got.contains("x-quaygate-attempts: east connection_refused, west "));
}

TEST_F(Failover, TheSameBackendIsAskedAgainByTheRule) {
    route.backends.resize(1);
    route.retry = Retry{3, {503}, 1ms, 5s};
    apply();
    east.says(answer(503, "{}"), 2);
    EXPECT_TRUE(ask().endsWith("from east"));
    EXPECT_EQ(east.asked(), 3);

    east.says(answer(503, "{}"), 3);
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 503")) << got.toStdString();
    EXPECT_TRUE(got.contains("x-quaygate-attempts: east 503, east 503, east 503\r\n"))
        << got.toStdString();
    EXPECT_EQ(east.asked(), 6);

    east.says(answer(500, "{}"));
    EXPECT_TRUE(ask().startsWith("HTTP/1.1 500")) << "not one of the statuses";
}

TEST_F(Failover, WithoutARuleASingleBackendIsAskedOnce) {
    route.backends.resize(1);
    apply();
    east.says(answer(429, "{}", "retry-after-ms: 1\r\n"));
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 429")) << got.toStdString();
    EXPECT_FALSE(got.contains("x-quaygate-attempts"));
    EXPECT_EQ(east.asked(), 1);
    EXPECT_TRUE(ask().endsWith("from east")) << "it is asked even while it wants to be left alone";
}

/// Spellings of one and a half second at most.
TEST_F(Failover, WhatTheUpstreamWantsToBeWaitedForIsWaitedFor) {
    route.backends.resize(1);
    route.retry = Retry{2, {429}, 1ms, 5s};
    apply();
    const std::initializer_list<std::pair<QByteArray, QByteArray>> spellings{
        {"retry-after-ms: 60\r\n", "{}"},
        {"", R"({"error":{"message":"Try again in 60 milliseconds."}})"}};
    for (const auto &[headers, text] : spellings) {
        east.says(answer(429, text, headers));
        const auto began = std::chrono::steady_clock::now();
        EXPECT_TRUE(ask().endsWith("from east"));
        EXPECT_GE(std::chrono::steady_clock::now() - began, 60ms);
    }
}

TEST_F(Failover, WhatIsTooLongToWaitForIsNot) {
    route.backends.resize(1);
    route.retry = Retry{3, {429}, 1ms, 1s};
    apply();
    east.says(answer(429, "{}", "retry-after: 60\r\n"));
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 429")) << got.toStdString();
    EXPECT_TRUE(got.contains("retry-after: 60\r\n")) << "the client may wait";
    EXPECT_EQ(east.asked(), 1);
}

TEST_F(Failover, ABackendThatAsksToBeLeftAloneIsLeftAlone) {
    apply();
    east.says(answer(429, "{}", "retry-after: 60\r\n"));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(ask().endsWith("from west"));
    EXPECT_EQ(east.asked(), 1);
}

TEST_F(Failover, WhenALimitBeginsAnewMattersOnlyWhereItWasReached) {
    apply();
    east.says(answer(500, "{}", "x-ratelimit-reset-requests: 60\r\n"));
    EXPECT_TRUE(ask().endsWith("from west"));
    EXPECT_TRUE(ask().endsWith("from east")) << "one failure is not enough";
}

TEST_F(Failover, ABackendThatFailsRepeatedlyIsSetAsideAndTriedAgainByOneRequest) {
    route.cooldown = {2, 200ms};
    apply();
    east.says(answer(500, "{}"), 3);
    for (int i = 0; i < 4; ++i)
        EXPECT_TRUE(ask().endsWith("from west"));
    EXPECT_EQ(east.asked(), 2);
    const QDeadlineTimer aside(220ms);
    ASSERT_TRUE(waitUntil([&] { return aside.hasExpired(); }));
    EXPECT_TRUE(ask().endsWith("from west")) << "the trial fails";
    EXPECT_EQ(east.asked(), 3);
    EXPECT_TRUE(ask().endsWith("from west"));
    EXPECT_EQ(east.asked(), 3);
    const QDeadlineTimer again(220ms);
    ASSERT_TRUE(waitUntil([&] { return again.hasExpired(); }));
    EXPECT_TRUE(ask().endsWith("from east")) << "it is well again";
    EXPECT_TRUE(ask().endsWith("from east"));
}

TEST_F(Failover, AClientThatLeavesWhileItWaitsIsForgotten) {
    route.backends.resize(1);
    route.retry = Retry{3, {429}, 1ms, 60s};
    apply();
    east.says(answer(429, "{}", "retry-after: 30\r\n"));
    RawClient client(port);
    client.send(request("/r", body, {}));
    ASSERT_TRUE(waitUntil([&] { return east.asked() == 1; }));
    client.socket.abort();
    EXPECT_TRUE(waitUntil([&] { return server.inFlight() == 0; }));
}

TEST_F(Failover, TheRoutesTimeIsForAllAttemptsTogether) {
    route.timeouts.total = 150ms;
    apply();
    east.says(answer(503, "{}"));
    west.script.push_back([](UpstreamPeer &) {}); // never answers
    const QByteArray got = ask();
    EXPECT_TRUE(got.startsWith("HTTP/1.1 504")) << got.toStdString();
    EXPECT_TRUE(got.contains("150 ms")) << got.toStdString();
    EXPECT_EQ(spare.asked(), 0);
}

TEST_F(Failover, TheRoutesTimeToTheFirstByteIsForEachAttempt) {
    route.timeouts.firstByte = 100ms;
    apply();
    east.script.push_back([](UpstreamPeer &) {});
    const QByteArray got = ask();
    EXPECT_TRUE(got.endsWith("from west")) << got.toStdString();
    EXPECT_TRUE(got.contains("x-quaygate-attempts: east timeout\r\n")) << got.toStdString();
}

TEST_F(Failover, AStoredResponseIsGoneOnWithWhereItIs) {
    apply();
    east.says(answer(503, "{}"));
    west.says(
        answer(200, R"({"id":"resp_123456789","output":[{"encrypted_content":"gAAAAsecret"}]})"));
    EXPECT_TRUE(ask("/r/v1/responses", R"({"input":"x"})").contains("resp_123456789"));
    const auto followUps = {R"({"previous_response_id":"resp_123456789"})",
                            R"({"input":[{"encrypted_content":"gAAAAsecret"}]})"};
    for (const char *text : followUps)
        EXPECT_TRUE(ask("/r/v1/responses", text).endsWith("from west")) << text;
    EXPECT_TRUE(send("GET /r/v1/responses/resp_123456789 HTTP/1.1\r\nHost: localhost\r\n"
                     "Connection: close\r\n\r\n")
                    .endsWith("from west"));
    EXPECT_EQ(east.asked(), 1);
}

TEST_F(Failover, AStoredResponseOfBeforeTheStartIsLookedFor) {
    apply();
    east.says(answer(400, R"({"error":{"code":"previous_response_not_found"}})"));
    EXPECT_TRUE(
        ask("/r/v1/responses", R"({"previous_response_id":"resp_old"})").endsWith("from west"));
}

TEST_F(Failover, ASessionStaysWithItsBackend) {
    for (RouteBackend &backend : route.backends)
        backend.priority = 0;
    apply();
    const auto askIn = [&](const QByteArray &session) {
        return ask("/r", body, "x-session-id: " + session + "\r\n");
    };
    QSet<QByteArray> seen;
    for (int i = 0; i < 12; ++i) {
        const QByteArray session = QByteArray::number(i);
        const QByteArray first = askIn(session).last(9);
        EXPECT_EQ(askIn(session).last(9), first);
        seen.insert(first);
    }
    EXPECT_GT(seen.size(), 1) << "sessions are spread";
}

TEST_F(Failover, TheModelChoosesAmongTheBackendsThatHaveIt) {
    config.backends[0].deploymentName = u"other"_s;
    apply();
    west.says(answer(503, "{}"));
    const QByteArray got = ask("/r", R"({"messages":[],"model":"d"})");
    EXPECT_TRUE(got.endsWith("from spare")) << got.toStdString();
    EXPECT_EQ(east.asked(), 0);
}

TEST_F(Failover, AtTheRootBackendsWithTheSameDeploymentStandInForEachOther) {
    apply();
    east.upstream.close();
    const QByteArray got = ask("/v1/chat/completions", R"({"messages":[],"model":"d"})");
    EXPECT_TRUE(got.endsWith("from west")) << got.toStdString();
}

TEST_F(Failover, WhatIsNoOperationIsSentOnce) {
    apply();
    east.says(answer(503, "{}"));
    EXPECT_TRUE(ask("/r/v1/vector_stores", "{}").startsWith("HTTP/1.1 503"));
    EXPECT_EQ(west.asked(), 0);
}

} // namespace
} // namespace quaygate
