#include "gateway/http/call_gate.h"
#include "gateway/http/deadlines.h"
#include "gateway/http/upstream_client.h"
#include "gateway/http/upstream_failure.h"
#include "gateway/http/upstream_head.h"
#include "gateway/http/upstream_target.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace quaygate;

// The parts of the upstream client that need no network.

TEST(UpstreamTarget, IsReadFromTheUrl) {
    struct Case {
        const char *url;
        std::optional<UpstreamTarget> target;
        const char *authority = "";
        bool local = false;
    };
    const QList<Case> cases{
        {"https://a.example/x", UpstreamTarget{true, "a.example", 443}, "a.example:443"},
        {"HTTP://a.example", UpstreamTarget{false, "a.example", 80}, "a.example:80"},
        {"http://127.0.0.1:81/x:99", UpstreamTarget{false, "127.0.0.1", 81}, "127.0.0.1:81", true},
        {"http://[::1]:82/?q", UpstreamTarget{false, "::1", 82}, "[::1]:82", true},
        {"http://[fe80::1]", UpstreamTarget{false, "fe80::1", 80}, "[fe80::1]:80", true},
        {"http://169.254.169.254/x", UpstreamTarget{false, "169.254.169.254", 80},
         "169.254.169.254:80", true},
        {"http://LocalHost:1?a/b@c:d", UpstreamTarget{false, "LocalHost", 1}, "LocalHost:1", true},
        {"http://a.localhost/", UpstreamTarget{false, "a.localhost", 80}, "a.localhost:80", true},
        {"http://localhost.example/", UpstreamTarget{false, "localhost.example", 80},
         "localhost.example:80"},
        {"http://user:pass@host:7/", UpstreamTarget{false, "host", 7}, "host:7"},
        {"http://host:/", UpstreamTarget{false, "host", 80}, "host:80"},
        {"http://host:0/", std::nullopt},
        {"http://host:65536/", std::nullopt},
        {"http://host:x/", std::nullopt},
        {"http:///path", std::nullopt},
        {"ftp://host/", std::nullopt},
        {"host/path", std::nullopt},
        {"", std::nullopt},
    };
    for (const Case &test : cases) {
        const auto target = upstreamTarget(test.url);
        ASSERT_EQ(target, test.target) << test.url;
        if (!target)
            continue;
        EXPECT_EQ(target->authority(), test.authority) << test.url;
        EXPECT_EQ(target->isLocal(), test.local) << test.url;
    }
}

TEST(UpstreamHeaderLines, LeaveTheConnectionsOwnOutAndAskForNoCompression) {
    UpstreamRequest request;
    request.method = "POST";
    request.headers = {{"Accept", "text/event-stream"},
                       {"accept-encoding", "br"},
                       {"TE", "trailers"},
                       {"content-type", "a/b"},
                       {"X-None", ""},
                       {"Upgrade", "h2c"},
                       {"Keep-Alive", "5"},
                       {"Proxy-Authorization", "x"}};
    EXPECT_EQ(requestHeaderLines(request),
              (QList<QByteArray>{"Accept: text/event-stream", "accept-encoding: br",
                                 "content-type: a/b", "X-None;"}));
    request.headers = {};
    EXPECT_EQ(requestHeaderLines(request),
              (QList<QByteArray>{"Accept:", "Content-Type:", "Accept-Encoding: identity"}));
    request.body = QByteArray(1024 * 1024, 'x');
    EXPECT_TRUE(requestHeaderLines(request).contains("Expect:"));
}

TEST(UpstreamResponseHead, StaysBoundedAndForgetsInterimHeads) {
    ResponseHead head;
    EXPECT_EQ(head.line("HTTP/2 103\r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.line("Link: x\r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.line("\r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.line("HTTP/2 200 \r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.line("A:b\r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.line("no colon\r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.line("\r\n"), ResponseHead::Outcome::Complete);
    EXPECT_EQ(head.line("Trailer: t\r\n"), ResponseHead::Outcome::More);
    EXPECT_EQ(head.status(), 200);
    EXPECT_EQ(head.headers(), (HeaderList{{"A", "b"}}));

    ResponseHead endless;
    endless.line("HTTP/1.1 200 OK\r\n");
    const QByteArray line = "X: " + QByteArray(1000, 'x') + "\r\n";
    int lines = 0;
    while (endless.line(line) != ResponseHead::Outcome::TooLarge)
        ASSERT_LT(++lines, 1000);
    EXPECT_GT(lines, 100);
}

TEST(UpstreamError, EveryCauseSaysWhatToDoInOneSentence) {
    FailureContext context;
    context.target = {true, "contoso.example", 443};
    context.proxy = u"http://user:hunter2@proxy.example:3128"_s;
    context.maxConnections = 4;
    context.limit = 10s;
    context.detail = u"what a library said"_s;
    for (int cause = 0; cause <= int(UpstreamCause::Other); ++cause) {
        const Error error = upstreamError(UpstreamCause(cause), context);
        EXPECT_TRUE(error.message.endsWith(u'.')) << cause;
        EXPECT_FALSE(error.message.contains(u"hunter2"_s)) << qPrintable(error.message);
        EXPECT_FALSE(error.message.contains(u'%')) << qPrintable(error.message);
        EXPECT_EQ(error.detail, context.detail);
    }
    EXPECT_TRUE(upstreamError(UpstreamCause::ProxyUnreachable, context)
                    .message.contains(u"proxy.example:3128"_s));
}

TEST(UpstreamError, TimeIsSaidInTheUnitThatFits) {
    EXPECT_EQ(inWords(150ms), u"150 ms"_s);
    EXPECT_EQ(inWords(10s), u"10 s"_s);
    EXPECT_EQ(inWords(1500ms), u"1500 ms"_s);
    EXPECT_EQ(inWords(90s), u"90 s"_s);
    EXPECT_EQ(inWords(600s), u"10 min"_s);
}

TEST(CallGate, CountsEachKeyAndForgetsItWhenAllIsOver) {
    CallGate<int> gate;
    int a = 0, b = 0, c = 0, d = 0;
    EXPECT_TRUE(gate.enter("k", 1, &a));
    EXPECT_FALSE(gate.enter("k", 1, &b));
    EXPECT_FALSE(gate.enter("k", 1, &c));
    EXPECT_TRUE(gate.enter("other", 1, &d));
    gate.abandon("k", &b);
    EXPECT_EQ(gate.leave("k"), &c);
    EXPECT_EQ(gate.leave("other"), nullptr);
    EXPECT_FALSE(gate.isEmpty());
    EXPECT_EQ(gate.leave("k"), nullptr);
    EXPECT_TRUE(gate.isEmpty());
}

TEST(CallGate, ALowerCapLetsNobodyThroughUntilItIsMet) {
    CallGate<int> gate;
    int a = 0, b = 0, c = 0;
    EXPECT_TRUE(gate.enter("k", 2, &a));
    EXPECT_TRUE(gate.enter("k", 2, &b));
    EXPECT_FALSE(gate.enter("k", 1, &c));
    EXPECT_EQ(gate.leave("k"), nullptr);
    EXPECT_EQ(gate.leave("k"), &c);
}

TEST(CallGate, AHigherCapLetsThoseThroughThatWaited) {
    CallGate<int> gate;
    int a = 0, b = 0, c = 0, d = 0;
    EXPECT_TRUE(gate.enter("k", 1, &a));
    EXPECT_FALSE(gate.enter("k", 1, &b));
    EXPECT_FALSE(gate.enter("k", 3, &c));
    EXPECT_FALSE(gate.enter("k", 3, &d));
    EXPECT_EQ(gate.leave("k"), &b);
    EXPECT_EQ(gate.next("k"), &c);
    EXPECT_EQ(gate.next("k"), &d);
    EXPECT_EQ(gate.next("k"), nullptr);
}

TEST(Deadlines, GivesTheEarliestAndFollowsAThingThatMoves) {
    using Time = Deadlines<int>::Time;
    const Time start{};
    Deadlines<int> deadlines;
    int a = 0, b = 0;
    std::optional<Time> aTime, bTime;
    EXPECT_EQ(deadlines.earliest(), std::nullopt);
    deadlines.set(&a, aTime, start + 5s);
    deadlines.set(&b, bTime, start + 3s);
    EXPECT_EQ(deadlines.earliest(), start + 3s);
    EXPECT_EQ(deadlines.due(start + 2s), nullptr);
    EXPECT_EQ(deadlines.due(start + 3s), &b);
    deadlines.set(&b, bTime, start + 9s);
    EXPECT_EQ(deadlines.due(start + 5s), &a);
    deadlines.set(&a, aTime, std::nullopt);
    EXPECT_EQ(deadlines.earliest(), start + 9s);
    deadlines.set(&b, bTime, std::nullopt);
    EXPECT_EQ(deadlines.earliest(), std::nullopt);
}
