#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"
#include "tests/support/test_certificates.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

/// What the kernel and TLS may hold on both sides of a loopback connection, and the client itself.
constexpr qint64 mayBeUnderway = 24 * 1024 * 1024;
/// The client's own bound, with what one read may add to it.
constexpr qsizetype largestPiece = (256 + 64) * 1024;

enum class Wire { Plain, Chunked, Tls };

/// Less where the upstream of the test is slow to make it.
qint64 bodyBytesOn(Wire wire) {
    return (wire == Wire::Plain ? 128 : 40) * 1024 * 1024;
}

class UpstreamFlow : public ::testing::TestWithParam<Wire> {
protected:
    const qint64 bodyBytes = bodyBytesOn(GetParam());

    void SetUp() override {
        const auto *certificates = GetParam() == Wire::Tls ? TestCertificates::get() : nullptr;
        if (GetParam() == Wire::Tls && !certificates)
            FAIL() << "the openssl program could not make the certificates";
        upstream = certificates ? std::make_unique<ScriptedUpstream>(certificates->good())
                                : std::make_unique<ScriptedUpstream>();
        upstream->onRequest = [this](UpstreamPeer &peer, const RawRequest &) {
            const QByteArray body(bodyBytes, 'x');
            if (GetParam() != Wire::Chunked) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(bodyBytes) +
                          "\r\n\r\n" + body);
                return;
            }
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                      QByteArray::number(bodyBytes, 16) + "\r\n" + body + "\r\n0\r\n\r\n");
        };
        request = getRequest(upstream->url());
        if (certificates)
            request.caFile = certificates->caFile();
    }

    std::unique_ptr<ScriptedUpstream> upstream;
    UpstreamClient client;
    UpstreamRequest request;
};

std::string wireName(const ::testing::TestParamInfo<Wire> &info) {
    return info.param == Wire::Plain ? "Plain" : info.param == Wire::Chunked ? "Chunked" : "Tls";
}

} // namespace

INSTANTIATE_TEST_SUITE_P(All, UpstreamFlow,
                         ::testing::Values(Wire::Plain, Wire::Chunked, Wire::Tls), wireName);

TEST_P(UpstreamFlow, APausedReaderHoldsTheUpstreamBack) {
    CallProbe probe(client, request);
    probe.keepBody = false;
    probe.onBody = [&] {
        if (probe.received < 1024 * 1024)
            probe.call->pause();
    };
    ASSERT_TRUE(waitUntil([&] { return probe.received > 0; }));
    const qint64 atPause = probe.received;
    EXPECT_FALSE(waitUntil([&] { return probe.received != atPause; }, 200ms));
    EXPECT_GT(upstream->peer(0).unsent(), bodyBytes - mayBeUnderway);

    probe.onBody = nullptr;
    probe.call->resume();
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.received, bodyBytes);
    EXPECT_LE(probe.largestPiece, largestPiece);
}

TEST_P(UpstreamFlow, PausingAndResumingAtEveryPieceLosesNothing) {
    CallProbe probe(client, request);
    probe.keepBody = false;
    probe.onBody = [&] {
        probe.call->pause();
        QMetaObject::invokeMethod(
            qApp, [&] { probe.call->resume(); }, Qt::QueuedConnection);
    };
    ASSERT_TRUE(waitUntil([&] { return probe.ended; }, 30s));
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.received, bodyBytes);
    EXPECT_TRUE(probe.inOrder);
}

TEST_P(UpstreamFlow, APausedCallCanBeCancelled) {
    CallProbe probe(client, request);
    probe.onBody = [&] { probe.call->pause(); };
    ASSERT_TRUE(waitUntil([&] { return probe.received > 0; }));
    probe.call.reset();
    EXPECT_TRUE(waitUntil([&] { return upstream->open() == 0; }, 1s));
}

TEST(UpstreamPause, PausedBeforeItBeginsNothingComesUntilItIsResumed) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    };
    UpstreamClient client;
    CallProbe probe(client, getRequest(upstream.url()));
    probe.call->pause();
    EXPECT_FALSE(waitUntil([&] { return probe.heads > 0 || probe.ended; }, 100ms));
    EXPECT_EQ(upstream.requests().size(), 1);
    probe.call->resume();
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_EQ(probe.body, "ok");
    EXPECT_TRUE(probe.inOrder);
}

TEST(UpstreamPause, AFailureIsToldToAPausedCall) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    };
    UpstreamClient client;
    CallProbe probe(client, getRequest(upstream.url()));
    ASSERT_TRUE(waitUntil([&] { return probe.body == "hello"; }));
    probe.call->pause();
    upstream.peer(0).send("more");
    upstream.peer(0).close();
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.body, "hello"); // nothing comes while paused
}
