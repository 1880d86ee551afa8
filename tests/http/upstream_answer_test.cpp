#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

/// What the upstream does after the bytes.
enum class Then { Nothing, Close, Reset };

constexpr const char *noBody = "";

struct WholeAnswer {
    const char *name;
    QByteArray bytes;
    Then then;
    int status;
    HeaderList headers;
    QByteArray body;
    QByteArray method = "GET";
};

struct BrokenAnswer {
    const char *name;
    QByteArray bytes;
    Then then;
    ErrorCode code;
    UpstreamPhase phase;
    int status; ///< 0: no head is handed on
    QByteArray body;
};

void act(UpstreamPeer &peer, const QByteArray &bytes, Then then) {
    peer.send(bytes);
    if (then == Then::Close)
        peer.close();
    else if (then == Then::Reset)
        peer.reset();
}

template<typename Case>
std::string nameOf(const ::testing::TestParamInfo<Case> &info) {
    return info.param.name;
}

class UpstreamWholeAnswers : public ::testing::TestWithParam<WholeAnswer> {};
class UpstreamBrokenAnswers : public ::testing::TestWithParam<BrokenAnswer> {};

QByteArray manyHeaders(int count) {
    QByteArray bytes = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < count; ++i)
        bytes += "X-Filler: " + QByteArray(1000, 'f') + "\r\n";
    return bytes;
}

QByteArray manyInterims(int count) {
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += "HTTP/1.1 103 Early Hints\r\nLink: <" + QByteArray(1000, 'l') + ">\r\n\r\n";
    return bytes;
}

} // namespace

TEST_P(UpstreamWholeAnswers, IsHandedOn) {
    const WholeAnswer &test = GetParam();
    ScriptedUpstream upstream;
    upstream.onRequest = [&](UpstreamPeer &peer, const RawRequest &) {
        act(peer, test.bytes, test.then);
    };
    UpstreamClient client;
    UpstreamRequest request = getRequest(upstream.url());
    request.method = test.method;
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.status, test.status);
    EXPECT_EQ(probe.headers, test.headers);
    EXPECT_EQ(probe.body, test.body);
    EXPECT_EQ(probe.heads, 1);
    EXPECT_TRUE(probe.inOrder);
}

INSTANTIATE_TEST_SUITE_P(
    All, UpstreamWholeAnswers,
    ::testing::Values(
        WholeAnswer{"ContinueFirst",
                    "HTTP/1.1 100 Continue\r\nX-Not: this\r\n\r\nHTTP/1.1 200 "
                    "OK\r\nContent-Length: 2\r\n\r\nok",
                    Then::Nothing,
                    200,
                    {{"Content-Length", "2"}},
                    "ok"},
        WholeAnswer{
            "EarlyHintsTwice",
            "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: b\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            Then::Nothing,
            200,
            {{"Content-Length", "2"}},
            "ok"},
        WholeAnswer{"NoContent",
                    "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",
                    Then::Nothing,
                    204,
                    {{"X-A", "b"}},
                    noBody},
        WholeAnswer{"NotModifiedWithALength",
                    "HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n",
                    Then::Nothing,
                    304,
                    {{"Content-Length", "77"}},
                    noBody},
        WholeAnswer{"HeadWithALength",
                    "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n",
                    Then::Nothing,
                    200,
                    {{"Content-Length", "77"}},
                    noBody,
                    "HEAD"},
        WholeAnswer{"EmptyBody",
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                    Then::Nothing,
                    200,
                    {{"Content-Length", "0"}},
                    noBody},
        WholeAnswer{
            "CompressedThoughNotAskedFor",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x01"_ba,
            Then::Nothing,
            200,
            {{"Content-Encoding", "gzip"}, {"Content-Length", "4"}},
            "\x1f\x8b\x08\x01"},
        WholeAnswer{"EndsWithTheConnection",
                    "HTTP/1.1 200 OK\r\n\r\nuntil the end",
                    Then::Close,
                    200,
                    {},
                    "until the end"},
        WholeAnswer{"OldVersion",
                    "HTTP/1.0 200 OK\r\nX-A: b\r\n\r\nold",
                    Then::Close,
                    200,
                    {{"X-A", "b"}},
                    "old"},
        WholeAnswer{"NoReasonPhrase",
                    "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
                    Then::Nothing,
                    200,
                    {{"Content-Length", "2"}},
                    "ok"},
        WholeAnswer{"ChunksWithExtensionsAndTrailers",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n2;a=b\r\nok\r\n00001\r\n!\r\n0\r\n"
                    "X-Trailer: 1\r\n\r\n",
                    Then::Nothing,
                    200,
                    {{"Transfer-Encoding", "chunked"}},
                    "ok!"},
        WholeAnswer{"FoldedHeader",
                    "HTTP/1.1 200 OK\r\nX-A: b\r\n  c\r\nContent-Length: 2\r\n\r\nok",
                    Then::Nothing,
                    200,
                    {{"X-A", "b c"}, {"Content-Length", "2"}},
                    "ok"},
        WholeAnswer{"MoreThanItsLength",
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more",
                    Then::Nothing,
                    200,
                    {{"Content-Length", "2"}},
                    "ok"},
        WholeAnswer{"LargeHeadWithinTheLimit", manyHeaders(90) + "Content-Length: 0\r\n\r\n",
                    Then::Nothing, 200,
                    [] {
                        HeaderList headers;
                        for (int i = 0; i < 90; ++i)
                            headers.append("X-Filler", QByteArray(1000, 'f'));
                        headers.append("Content-Length", "0");
                        return headers;
                    }(),
                    noBody}),
    nameOf<WholeAnswer>);

TEST_P(UpstreamBrokenAnswers, IsReportedExactly) {
    const BrokenAnswer &test = GetParam();
    ScriptedUpstream upstream;
    upstream.onRequest = [&](UpstreamPeer &peer, const RawRequest &) {
        act(peer, test.bytes, test.then);
    };
    UpstreamClient client;
    CallProbe probe(client, getRequest(upstream.url()));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, test.code) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.failure->phase, test.phase);
    EXPECT_EQ(probe.status, test.status);
    EXPECT_EQ(probe.body, test.body);
    EXPECT_TRUE(probe.inOrder);
    EXPECT_TRUE(probe.failure->error.message.contains(u"127.0.0.1"_s));
    EXPECT_TRUE(probe.failure->error.message.endsWith(u'.'));
    // The broken connection is not used again, and a first connection is not tried twice.
    ASSERT_TRUE(waitUntil([&] { return upstream.open() == 0; }));
    EXPECT_EQ(upstream.accepted(), 1);
}

INSTANTIATE_TEST_SUITE_P(
    All, UpstreamBrokenAnswers,
    ::testing::Values(
        BrokenAnswer{"ClosedWithoutAByte", "", Then::Close, ErrorCode::UpstreamClosed,
                     UpstreamPhase::Waiting, 0, noBody},
        BrokenAnswer{"ResetWithoutAByte", "", Then::Reset, ErrorCode::UpstreamClosed,
                     UpstreamPhase::Waiting, 0, noBody},
        BrokenAnswer{"Garbage", "\x16\x03\x01 this is no HTTP\r\n\r\n", Then::Close,
                     ErrorCode::UpstreamProtocol, UpstreamPhase::Waiting, 0, noBody},
        BrokenAnswer{"GarbageInPlaceOfAStatus", "HTTP/1.1 abc\r\n\r\n", Then::Close,
                     ErrorCode::UpstreamProtocol, UpstreamPhase::Waiting, 0, noBody},
        BrokenAnswer{"ABannerOfAnotherProtocol", "220 mail.example ESMTP\r\n", Then::Nothing,
                     ErrorCode::UpstreamProtocol, UpstreamPhase::Waiting, 0, noBody},
        BrokenAnswer{"HeaderCutInALine", "HTTP/1.1 200 OK\r\nContent-Le", Then::Close,
                     ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 0, noBody},
        BrokenAnswer{"HeaderCutBetweenLines", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
                     Then::Close, ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 0, noBody},
        BrokenAnswer{"InterimOnly", "HTTP/1.1 100 Continue\r\n\r\n", Then::Close,
                     ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 0, noBody},
        BrokenAnswer{"BodyCut", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly this",
                     Then::Close, ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 200,
                     "only this"},
        BrokenAnswer{"BodyMissing", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", Then::Close,
                     ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 200, noBody},
        BrokenAnswer{
            "ChunkCut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nonly this",
            Then::Close, ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 200, "only this"},
        BrokenAnswer{"LastChunkMissing",
                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
                     Then::Close, ErrorCode::UpstreamClosed, UpstreamPhase::Receiving, 200, "ok"},
        BrokenAnswer{"ChunkSizeBad",
                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n",
                     Then::Nothing, ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 200,
                     "ok"},
        BrokenAnswer{"ChunkLongerThanItsSize",
                     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n0\r\n\r\n",
                     Then::Nothing, ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 200,
                     "ok"},
        BrokenAnswer{"LengthNotANumber", "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nok",
                     Then::Nothing, ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 0,
                     noBody},
        BrokenAnswer{"LengthNegative", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nok",
                     Then::Nothing, ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 0,
                     noBody},
        BrokenAnswer{"HeaderLineEndless",
                     "HTTP/1.1 200 OK\r\nX-Filler: " + QByteArray(2'000'000, 'f'), Then::Nothing,
                     ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 0, noBody},
        BrokenAnswer{"HeadersEndless", manyHeaders(2000), Then::Nothing,
                     ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 0, noBody},
        BrokenAnswer{"InterimsEndless", manyInterims(2000), Then::Nothing,
                     ErrorCode::UpstreamProtocol, UpstreamPhase::Receiving, 0, noBody}),
    nameOf<BrokenAnswer>);

TEST(UpstreamAnswers, AResetInTheBodyIsACutAnswer) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly this");
    };
    UpstreamClient client;
    CallProbe probe(client, getRequest(upstream.url()));
    // A reset may overtake bytes that were not read yet, so they are waited for.
    ASSERT_TRUE(waitUntil([&] { return probe.body == "only this"; }));
    upstream.peer(0).reset();
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Receiving);
}

TEST(UpstreamAnswers, ABytewiseAnswerIsTheSameAnswer) {
    const QByteArray answer = "HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    ScriptedUpstream upstream;
    upstream.onRequest = [&](UpstreamPeer &peer, const RawRequest &) {
        for (const char byte : answer)
            peer.send(QByteArray(1, byte));
    };
    UpstreamClient client;
    CallProbe probe(client, getRequest(upstream.url()));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.headers, (HeaderList{{"X-A", "b"}, {"Transfer-Encoding", "chunked"}}));
    EXPECT_EQ(probe.body, "hello world");
}

TEST(UpstreamAnswers, ExtraBytesDoNotBecomeTheNextAnswer) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &request) {
        peer.send(request.requestLine().startsWith("GET /1")
                      ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\n"
                        "Content-Length: 0\r\n\r\n"
                      : "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo");
    };
    UpstreamClient client;
    CallProbe first(client, getRequest(upstream.url("/1")));
    ASSERT_TRUE(first.waitForEnd());
    CallProbe second(client, getRequest(upstream.url("/2")));
    ASSERT_TRUE(second.waitForEnd());
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.body, "two");
}

TEST(UpstreamAnswers, AnEarlyRefusalArrivesWhileTheBodyIsBeingSent) {
    for (const Then then : {Then::Nothing, Then::Close}) {
        ScriptedUpstream upstream;
        upstream.onBytes = [&](UpstreamPeer &peer) {
            if (peer.served++ > 0)
                return;
            peer.stopReading();
            act(peer, "HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nmuch", then);
        };
        UpstreamClient client;
        CallProbe probe(client, postRequest(upstream.url(), QByteArray(64 * 1024 * 1024, 'x')));
        ASSERT_TRUE(probe.waitForEnd());
        EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
        EXPECT_EQ(probe.status, 413);
        EXPECT_EQ(probe.body, "much");
        upstream.peer(0).drain();
        ASSERT_TRUE(waitUntil([&] { return upstream.open() == 0; }));
    }
}
