#include "gateway/http/connection_pool.h"
#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"
#include "tests/support/test_certificates.h"

#include <gtest/gtest.h>

#include <vector>

using namespace quaygate;
using namespace quaygate::test;

namespace {

const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// What only the engine that speaks HTTP/1.1 itself does, over TLS and without.
class Http1EngineTest : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        certificates = TestCertificates::get();
        if (!certificates)
            FAIL() << "the openssl program could not make the certificates";
        upstream = GetParam() ? std::make_unique<ScriptedUpstream>(certificates->good())
                              : std::make_unique<ScriptedUpstream>();
        upstream->onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    }

    UpstreamRequest request(const QByteArray &body = "{}") const {
        UpstreamRequest request = postRequest(upstream->url(), body);
        request.caFile = certificates->caFile();
        return request;
    }

    void sendOne() {
        CallProbe probe(client, request());
        ASSERT_TRUE(probe.waitForEnd());
        EXPECT_FALSE(probe.failure);
    }

    const TestCertificates *certificates = nullptr;
    std::unique_ptr<ScriptedUpstream> upstream;
    UpstreamClient client;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(All, Http1EngineTest, ::testing::Bool(),
                         [](const auto &info) { return info.param ? "Tls" : "Plain"; });

TEST_P(Http1EngineTest, AnIdleConnectionThatSpeaksUnaskedIsClosed) {
    sendOne();
    upstream->peer(0).send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong");
    EXPECT_TRUE(waitUntil([&] { return upstream->open() == 0; }));
    sendOne();
    EXPECT_EQ(upstream->accepted(), 2);
}

TEST_P(Http1EngineTest, WhatCameUnaskedIsNobodysAnswer) {
    sendOne();
    // No turn of the event loop sees it before the next request takes the connection.
    upstream->peer(0).send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong");
    CallProbe probe(client, request());
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_EQ(probe.body, "ok");
    EXPECT_EQ(upstream->accepted(), 2);
}

TEST_P(Http1EngineTest, TooManyIdleConnectionsLoseTheOldest) {
    const int count = int(ConnectionPool::maxIdle) + 3;
    QList<UpstreamPeer *> waiting;
    upstream->onRequest = [&](UpstreamPeer &peer, const RawRequest &) { waiting.append(&peer); };
    std::vector<std::unique_ptr<CallProbe>> probes;
    for (int i = 0; i < count; ++i)
        probes.push_back(std::make_unique<CallProbe>(client, request()));
    ASSERT_TRUE(waitUntil([&] { return waiting.size() == count; }));
    for (UpstreamPeer *peer : waiting)
        peer->send(okAnswer);
    for (const auto &probe : probes)
        ASSERT_TRUE(probe->waitForEnd());
    EXPECT_TRUE(waitUntil([&] { return upstream->open() == int(ConnectionPool::maxIdle); }));
}

TEST_P(Http1EngineTest, ALargeBodyArrivesWholeOnAPooledConnectionToo) {
    const QByteArray body = QByteArray("0123456789abcdef!").repeated(500'000);
    for (int i = 0; i < 2; ++i) {
        CallProbe probe(client, request(body));
        ASSERT_TRUE(probe.waitForEnd());
        EXPECT_FALSE(probe.failure);
        EXPECT_TRUE(upstream->requests().last().body == body);
    }
    EXPECT_EQ(upstream->accepted(), 1);
}

TEST_P(Http1EngineTest, ARefusalThatGoesOnStopsTheSending) {
    upstream->onBytes = [](UpstreamPeer &peer) {
        if (peer.served++ == 0)
            peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nmu");
        else
            peer.received.clear();
    };
    const qint64 size = 24 * 1024 * 1024;
    CallProbe probe(client, request(QByteArray(size, 'x')));
    ASSERT_TRUE(waitUntil([&] { return probe.body == "mu"; }));
    EXPECT_FALSE(waitUntil([&] { return upstream->peer(0).receivedBytes >= size; },
                           std::chrono::seconds(1)));
    upstream->peer(0).send("ch");
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.body, "much");
    EXPECT_TRUE(waitUntil([&] { return upstream->open() == 0; }));
}
