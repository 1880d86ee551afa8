#include "tests/http/http2_upstream.h"
#include "tests/http/upstream_call_probe.h"
#include "tests/support/test_certificates.h"

#include <gtest/gtest.h>

#include <vector>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

class UpstreamHttp2 : public ::testing::Test {
protected:
    void SetUp() override {
        certificates = TestCertificates::get();
        if (!certificates)
            FAIL() << "the openssl program could not make the certificates";
        upstream = std::make_unique<Http2Upstream>(*certificates);
        if (!upstream->hasNode())
            FAIL() << "node is needed as an HTTP/2 upstream";
        ASSERT_TRUE(upstream->isReady());
    }

    UpstreamRequest request(const QByteArray &path) const {
        UpstreamRequest request = postRequest(upstream->url(path), "{\"a\":1}");
        request.caFile = certificates->caFile();
        return request;
    }

    const TestCertificates *certificates = nullptr;
    std::unique_ptr<Http2Upstream> upstream;
    UpstreamClient client;
};

} // namespace

TEST_F(UpstreamHttp2, IsChosenInTheHandshake) {
    UpstreamRequest withKey = request("/ok");
    withKey.secretHeader = "api-key";
    withKey.secret = Secret(QByteArray("very-secret"));
    CallProbe probe(client, withKey);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.status, 200);
    EXPECT_EQ(probe.body, "hello 7");
    EXPECT_EQ(probe.headers.value("x-one"), "1");
    EXPECT_EQ(probe.headers.count("set-cookie"), 2);
    EXPECT_EQ(upstream->count("session"), 1);
    EXPECT_EQ(upstream->count("request POST /ok very-secret"), 1);
}

TEST_F(UpstreamHttp2, CanBeSwitchedOff) {
    UpstreamRequest old = request("/ok");
    old.http2 = false;
    CallProbe probe(client, old);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.body, "version 1.1");
    EXPECT_EQ(upstream->count("session"), 0);
}

TEST_F(UpstreamHttp2, AnswersWithoutBodyInterimsAndTrailers) {
    CallProbe none(client, request("/none"));
    CallProbe hints(client, request("/hints"));
    CallProbe trailers(client, request("/trailers"));
    ASSERT_TRUE(none.waitForEnd() && hints.waitForEnd() && trailers.waitForEnd());
    EXPECT_EQ(none.status, 204);
    EXPECT_EQ(none.body, "");
    EXPECT_EQ(hints.status, 200);
    EXPECT_EQ(hints.body, "hello");
    EXPECT_FALSE(hints.headers.contains("link"));
    EXPECT_EQ(trailers.body, "hello");
    EXPECT_FALSE(trailers.headers.contains("x-trailer"));
    for (const CallProbe *probe : {&none, &hints, &trailers}) {
        EXPECT_FALSE(probe->failure);
        EXPECT_EQ(probe->heads, 1);
    }
}

TEST_F(UpstreamHttp2, ManyAtOnceAndOneAfterTheOther) {
    for (int round = 0; round < 2; ++round) {
        std::vector<std::unique_ptr<CallProbe>> probes;
        for (int i = 0; i < 30; ++i)
            probes.push_back(std::make_unique<CallProbe>(client, request("/ok")));
        for (const auto &probe : probes) {
            ASSERT_TRUE(probe->waitForEnd());
            EXPECT_FALSE(probe->failure);
            EXPECT_EQ(probe->body, "hello 7");
        }
    }
    // The second round took the connections of the first.
    EXPECT_LE(upstream->count("session"), 30);
    EXPECT_EQ(upstream->count("request"), 60);
}

TEST_F(UpstreamHttp2, AStreamResetBeforeTheAnswer) {
    for (int i = 0; i < 2; ++i) { // on a fresh connection and on a pooled one: no repetition
        CallProbe probe(client, request("/reset"));
        ASSERT_TRUE(probe.waitForEnd());
        ASSERT_TRUE(probe.failure);
        EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
        EXPECT_EQ(probe.failure->phase, UpstreamPhase::Waiting);
        EXPECT_TRUE(probe.failure->error.detail.contains(u"INTERNAL_ERROR"_s))
            << qPrintable(probe.failure->error.detail);
        ASSERT_TRUE(waitUntil([&] { return upstream->count("request") == i + 1; }));
    }
}

TEST_F(UpstreamHttp2, AStreamResetInTheBody) {
    CallProbe probe(client, request("/reset-in-body"));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Receiving);
    EXPECT_EQ(probe.status, 200);
}

TEST_F(UpstreamHttp2, ARefusedStreamIsSentAgain) {
    CallProbe probe(client, request("/refused-once"));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.body, "hello");
    EXPECT_EQ(upstream->count("request"), 2);
}

TEST_F(UpstreamHttp2, GoawayAfterAnAnswerMeansANewConnection) {
    for (int i = 0; i < 2; ++i) {
        CallProbe probe(client, request("/goaway-after"));
        ASSERT_TRUE(probe.waitForEnd());
        EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
        EXPECT_EQ(probe.body, "hello");
    }
}

TEST_F(UpstreamHttp2, GoawayOnAPooledConnectionIsTriedOnAFreshOne) {
    CallProbe first(client, request("/ok"));
    ASSERT_TRUE(first.waitForEnd());
    CallProbe probe(client, request("/goaway-before-once"));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.body, "hello");
    EXPECT_EQ(upstream->count("request POST /goaway"), 2);
}

TEST_F(UpstreamHttp2, GoawayInTheBodyCutsTheAnswer) {
    CallProbe probe(client, request("/goaway-in-body"));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Receiving);
}

TEST_F(UpstreamHttp2, CancellingClosesTheConnection) {
    CallProbe waits(client, request("/hold"));
    CallProbe streams(client, request("/stream"));
    ASSERT_TRUE(waitUntil(
        [&] { return upstream->count("request POST /hold") == 1 && streams.body == "hello"; }));
    EXPECT_EQ(upstream->count("session closed"), 0);
    waits.call.reset();
    streams.call.reset();
    EXPECT_TRUE(waitUntil([&] { return upstream->count("session closed") == 2; }, 1s));
    CallProbe next(client, request("/ok"));
    ASSERT_TRUE(next.waitForEnd());
    EXPECT_FALSE(next.failure);
}

TEST_F(UpstreamHttp2, APausedStreamHoldsTheUpstreamBackAndNobodyElse) {
    CallProbe slow(client, request("/large"));
    slow.keepBody = false;
    slow.onBody = [&] { slow.call->pause(); };
    ASSERT_TRUE(waitUntil([&] { return slow.received > 0; }));
    const qint64 atPause = slow.received;
    for (int i = 0; i < 10; ++i) {
        CallProbe other(client, request("/ok"));
        ASSERT_TRUE(other.waitForEnd());
        EXPECT_FALSE(other.failure);
    }
    EXPECT_EQ(slow.received, atPause);
    EXPECT_EQ(upstream->count("large written"), 0);
    slow.onBody = nullptr;
    slow.call->resume();
    ASSERT_TRUE(waitUntil([&] { return slow.ended; }, 30s));
    EXPECT_FALSE(slow.failure);
    EXPECT_EQ(slow.received, 128 * 1024 * 1024);
    EXPECT_LE(slow.largestPiece, (256 + 64) * 1024);
}
