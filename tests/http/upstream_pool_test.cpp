#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"

#include <gtest/gtest.h>

#include <vector>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

enum class End { Close, Reset };

/// An upstream whose connections serve one request each, and die of the next without a byte.
class OneShotUpstream : public ScriptedUpstream {
public:
    explicit OneShotUpstream(End end) {
        onRequest = [this, end](UpstreamPeer &peer, const RawRequest &) {
            if (peer.served == 1 && !diesAtOnce(peer))
                peer.send(okAnswer);
            else if (end == End::Close)
                peer.close();
            else
                peer.reset();
        };
    }

    /// From this connection on, not even the first request is answered.
    int deadFrom = 1000;

private:
    bool diesAtOnce(const UpstreamPeer &peer) const { return peer.index() >= deadFrom; }
};

/// Fills the pool with so many connections, each of which has served one request.
void fillPool(UpstreamClient &client, ScriptedUpstream &upstream, int count) {
    std::vector<std::unique_ptr<CallProbe>> probes;
    for (int i = 0; i < count; ++i)
        probes.push_back(std::make_unique<CallProbe>(client, getRequest(upstream.url())));
    for (const auto &probe : probes)
        ASSERT_TRUE(probe->waitForEnd());
    ASSERT_EQ(upstream.accepted(), count);
}

class UpstreamDeadConnection : public ::testing::TestWithParam<End> {};

} // namespace

INSTANTIATE_TEST_SUITE_P(All, UpstreamDeadConnection, ::testing::Values(End::Close, End::Reset),
                         [](const auto &info) {
                             return info.param == End::Close ? "Close" : "Reset";
                         });

TEST_P(UpstreamDeadConnection, IsTriedOnceMoreOnAFreshOne) {
    OneShotUpstream upstream(GetParam());
    UpstreamClient client;
    fillPool(client, upstream, 1);
    CallProbe probe(client, postRequest(upstream.url(), "{\"a\":1}"));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.body, "ok");
    EXPECT_EQ(upstream.accepted(), 2);
    ASSERT_EQ(upstream.requests().size(), 3);
    EXPECT_EQ(upstream.requests().at(1).body, "{\"a\":1}");
    EXPECT_EQ(upstream.requests().at(2).head, upstream.requests().at(1).head);
    EXPECT_EQ(upstream.requests().at(2).body, "{\"a\":1}");
}

TEST_P(UpstreamDeadConnection, IsNotReplacedByAnotherPooledOne) {
    OneShotUpstream upstream(GetParam());
    UpstreamClient client;
    fillPool(client, upstream, 4);
    CallProbe probe(client, postRequest(upstream.url(), "{}"));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(upstream.accepted(), 5);
    EXPECT_EQ(upstream.requests().size(), 4 + 2);
    EXPECT_EQ(upstream.peer(4).served, 1);
}

TEST_P(UpstreamDeadConnection, IsNotTriedAThirdTime) {
    for (const int pooled : {1, 3}) {
        OneShotUpstream upstream(GetParam());
        upstream.deadFrom = pooled;
        UpstreamClient client;
        fillPool(client, upstream, pooled);
        CallProbe probe(client, postRequest(upstream.url(), "{}"));
        ASSERT_TRUE(probe.waitForEnd());
        ASSERT_TRUE(probe.failure);
        EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
        EXPECT_EQ(upstream.requests().size(), pooled + 2);
    }
}

TEST_P(UpstreamDeadConnection, ThatAnsweredAByteIsNotTriedAgain) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        if (peer.served == 1) {
            peer.send(okAnswer);
            return;
        }
        peer.send("HTTP/1.1 200 OK\r\n");
        peer.close();
    };
    UpstreamClient client;
    fillPool(client, upstream, 1);
    CallProbe probe(client, postRequest(upstream.url(), "{}"));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
    EXPECT_EQ(upstream.requests().size(), 2);
}

TEST_P(UpstreamDeadConnection, ThatDiesOfALargeBodyIsTriedAgain) {
    ScriptedUpstream upstream;
    upstream.onBytes = [this](UpstreamPeer &peer) {
        if (peer.served == 0 || peer.index() > 0)
            return;
        if (GetParam() == End::Close)
            peer.close();
        else
            peer.reset();
    };
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    UpstreamClient client;
    fillPool(client, upstream, 1);
    const QByteArray body(16 * 1024 * 1024, 'x');
    CallProbe probe(client, postRequest(upstream.url(), body));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(upstream.accepted(), 2);
    EXPECT_TRUE(upstream.requests().last().body == body);
}

TEST(UpstreamPool, AConnectionClosedWhileIdleIsNotUsed) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    UpstreamClient client;
    fillPool(client, upstream, 1);
    upstream.peer(0).close();
    CallProbe probe(client, postRequest(upstream.url(), "{}"));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(upstream.requests().size(), 2);
}

TEST(UpstreamPool, ConnectionCloseIsHonoured) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    };
    UpstreamClient client;
    for (int i = 0; i < 2; ++i) {
        CallProbe probe(client, getRequest(upstream.url()));
        ASSERT_TRUE(probe.waitForEnd());
    }
    EXPECT_EQ(upstream.accepted(), 2);
}

class UpstreamCap : public ::testing::Test {
protected:
    UpstreamCap() {
        upstream.onRequest = [this](UpstreamPeer &peer, const RawRequest &request) {
            waiting.append(&peer);
            order.append(request.requestLine());
        };
    }

    UpstreamRequest request(const QByteArray &path) const {
        UpstreamRequest request = getRequest(upstream.url(path));
        request.maxConnections = 2;
        return request;
    }

    void answerNext() { waiting.takeFirst()->send(okAnswer); }

    ScriptedUpstream upstream;
    UpstreamClient client;
    QList<UpstreamPeer *> waiting;
    QList<QByteArray> order;
};

TEST_F(UpstreamCap, LetsSoManyThroughAndTheOthersWaitInOrder) {
    std::vector<std::unique_ptr<CallProbe>> probes;
    for (int i = 0; i < 6; ++i)
        probes.push_back(std::make_unique<CallProbe>(client, request("/" + QByteArray::number(i))));
    ASSERT_TRUE(waitUntil([&] { return waiting.size() == 2; }));
    probes[3].reset(); // one that waits gives up
    for (int served = 0; served < 5; ++served) {
        ASSERT_TRUE(waitUntil([&] { return !waiting.isEmpty(); }));
        EXPECT_LE(waiting.size(), 2);
        answerNext();
        // One at a time: of two that leave together, either may arrive first.
        ASSERT_TRUE(waitUntil([&] { return order.size() == std::min(served + 3, 5); }));
    }
    for (const auto &probe : probes)
        EXPECT_TRUE(!probe || probe->waitForEnd());
    ASSERT_EQ(order.size(), 5);
    EXPECT_EQ(order.mid(2),
              (QList<QByteArray>{"GET /2 HTTP/1.1", "GET /4 HTTP/1.1", "GET /5 HTTP/1.1"}));
    EXPECT_EQ(upstream.accepted(), 2);
}

TEST_F(UpstreamCap, ACancelledCallMakesRoom) {
    CallProbe first(client, request("/1"));
    CallProbe second(client, request("/2"));
    CallProbe third(client, request("/3"));
    ASSERT_TRUE(waitUntil([&] { return waiting.size() == 2; }));
    first.call.reset();
    ASSERT_TRUE(waitUntil([&] { return order.contains("GET /3 HTTP/1.1"); }));
}

TEST_F(UpstreamCap, IsOfEachHostAlone) {
    ScriptedUpstream other;
    other.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    CallProbe first(client, request("/1"));
    CallProbe second(client, request("/2"));
    UpstreamRequest elsewhere = getRequest(other.url());
    elsewhere.maxConnections = 2;
    CallProbe third(client, elsewhere);
    ASSERT_TRUE(third.waitForEnd());
    EXPECT_FALSE(third.failure);
}

TEST_F(UpstreamCap, WaitingForAConnectionHasALimit) {
    CallProbe first(client, request("/1"));
    CallProbe second(client, request("/2"));
    UpstreamRequest impatient = request("/3");
    impatient.timeouts.firstByte = 100ms;
    CallProbe third(client, impatient);
    ASSERT_TRUE(third.waitForEnd());
    ASSERT_TRUE(third.failure);
    EXPECT_EQ(third.failure->error.code, ErrorCode::Overloaded);
    EXPECT_TRUE(third.failure->error.message.contains(u"maxConnections"_s));
    // Its place in the queue is free: nothing is let through in its stead.
    ASSERT_TRUE(waitUntil([&] { return waiting.size() == 2; }));
    answerNext();
    ASSERT_TRUE(waitUntil([&] { return first.ended || second.ended; }));
    CallProbe fourth(client, request("/4"));
    ASSERT_TRUE(waitUntil([&] { return order.contains("GET /4 HTTP/1.1"); }));
    EXPECT_FALSE(order.contains("GET /3 HTTP/1.1"));
}
