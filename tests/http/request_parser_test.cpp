#include "gateway/http/request_parser.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using State = RequestParser::State;

struct Refused {
    const char *name;
    QByteArray bytes;
    int status;
};

class RefusedRequests : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedRequests, WholeAndByteByByte) {
    const RequestBounds bounds{.headerBytes = 1024, .targetBytes = 256, .bodyBytes = 1000};
    RequestParser whole(bounds);
    ASSERT_EQ(whole.feed(GetParam().bytes), State::Refused);
    EXPECT_EQ(whole.refusal().status, GetParam().status);
    EXPECT_FALSE(whole.refusal().error.message.isEmpty());

    RequestParser split(bounds);
    for (const char c : GetParam().bytes)
        split.feed(QByteArrayView(&c, 1));
    ASSERT_EQ(split.state(), State::Refused);
    EXPECT_EQ(split.refusal().status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedRequests,
    ::testing::Values(
        Refused{"garbage", "\x16\x03\x01\x02\r\n\r\n"_ba, 400},
        Refused{"words", "hello there general\r\n\r\n"_ba, 400},
        Refused{"http09", "GET /\r\n\r\n"_ba, 400},
        Refused{"http2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"_ba, 505},
        Refused{"unknownVersion", "GET / HTTP/3.1\r\nHost: a\r\n\r\n"_ba, 505},
        Refused{"lowercaseVersion", "GET / http/1.1\r\nHost: a\r\n\r\n"_ba, 400},
        Refused{"twoSpaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"_ba, 400},
        Refused{"spaceInTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"_ba, 400},
        Refused{"rawUtf8Target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n"_ba, 400},
        Refused{"connect", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"_ba, 400},
        Refused{"longTarget", "GET /" + QByteArray(300, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        Refused{"endlessTarget", "GET /" + QByteArray(5000, 'a'), 414},
        Refused{"longHeaders",
                "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(2000, 'a') + "\r\n\r\n", 431},
        Refused{"endlessHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(2000, 'a'), 431},
        Refused{"manyHeaders",
                "GET / HTTP/1.1\r\nHost: a\r\n" + QByteArray("X: a\r\n").repeated(300), 431},
        Refused{"bareLf", "GET / HTTP/1.1\nHost: a\n\n"_ba, 400},
        Refused{"bareLfInHeaders", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"_ba, 400},
        Refused{"bareCr", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"_ba, 400},
        Refused{"nul", "GET / HTTP/1.1\r\nHost: a\r\nX: a" + QByteArray(1, '\0') + "b\r\n\r\n",
                400},
        Refused{"nulInTarget", "GET /" + QByteArray(1, '\0') + " HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"spaceBeforeColon", "GET / HTTP/1.1\r\nHost: a\r\nX : a\r\n\r\n"_ba, 400},
        Refused{"noColon", "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"_ba, 400},
        Refused{"noName", "GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n"_ba, 400},
        Refused{"folding", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"_ba, 400},
        Refused{"noHost", "GET / HTTP/1.1\r\nX: a\r\n\r\n"_ba, 400},
        Refused{"twoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"_ba, 400},
        Refused{"hostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"_ba, 400},
        Refused{"hostList", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"_ba, 400},
        Refused{"lengthWord", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n"_ba, 400},
        Refused{"lengthSign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde"_ba,
                400},
        Refused{"lengthEmpty", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"_ba, 400},
        Refused{"lengthHex", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nabcde"_ba,
                400},
        Refused{"twoLengths",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"_ba,
                400},
        Refused{"lengthList", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\n"_ba, 400},
        Refused{
            "bothLengths",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"_ba,
            400},
        Refused{"otherCoding",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"_ba, 501},
        Refused{
            "twoCodings",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"_ba,
            400},
        Refused{"codingIn10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"_ba, 400},
        Refused{"hugeLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"_ba, 413},
        Refused{"overflowingLength",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n"_ba,
                413},
        Refused{"chunkWord",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"_ba, 400},
        Refused{"chunkSign",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"_ba, 400},
        Refused{
            "chunkTooLong",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"_ba,
            400},
        Refused{
            "chunkBareLf",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n"_ba,
            400},
        Refused{"chunksTooBig",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"_ba, 413},
        Refused{
            "chunkOverflow",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"_ba,
            413},
        Refused{"endlessExtension",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;" +
                    QByteArray(6000, 'a'),
                431},
        Refused{"badTrailer",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX\r\n\r\n"_ba,
                400},
        Refused{"otherExpectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n\r\n"_ba,
                417}),
    [](const auto &info) { return std::string(info.param.name); });

struct Accepted {
    const char *name;
    QByteArray bytes;
    QByteArray target;
    QByteArray body;
    bool keepAlive;
};

class AcceptedRequests : public ::testing::TestWithParam<Accepted> {};

TEST_P(AcceptedRequests, WholeAndByteByByte) {
    const auto check = [](RequestParser &parser) {
        ASSERT_EQ(parser.state(), State::Complete);
        EXPECT_EQ(parser.keepAlive(), GetParam().keepAlive);
        const HttpRequest request = parser.take();
        EXPECT_EQ(request.target, GetParam().target);
        EXPECT_EQ(request.body, GetParam().body);
        EXPECT_EQ(parser.state(), State::Idle);
    };
    RequestParser whole;
    whole.feed(GetParam().bytes);
    check(whole);
    RequestParser split;
    for (const char c : GetParam().bytes)
        split.feed(QByteArrayView(&c, 1));
    check(split);
}

INSTANTIATE_TEST_SUITE_P(
    Table, AcceptedRequests,
    ::testing::Values(
        Accepted{"get", "GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n"_ba, "/a?b=c", "", true},
        Accepted{"emptyLineFirst", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba, "/", "", true},
        Accepted{"rawEscapes", "GET /a%2Fb%20c/../d HTTP/1.1\r\nHost: a\r\n\r\n"_ba,
                 "/a%2Fb%20c/../d", "", true},
        Accepted{"absoluteForm", "GET http://a.b:80/c?d HTTP/1.1\r\nHost: x\r\n\r\n"_ba, "/c?d", "",
                 true},
        Accepted{"absoluteRoot", "GET http://a.b HTTP/1.1\r\nHost: x\r\n\r\n"_ba, "/", "", true},
        Accepted{"absoluteQuery", "GET http://a.b?c HTTP/1.1\r\nHost: x\r\n\r\n"_ba, "/?c", "",
                 true},
        Accepted{"optionsStar", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"_ba, "*", "", true},
        Accepted{"close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n"_ba, "/", "",
                 false},
        Accepted{"closeInList", "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n"_ba, "/",
                 "", false},
        Accepted{"http10", "GET / HTTP/1.0\r\n\r\n"_ba, "/", "", false},
        Accepted{"http10KeepAlive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba, "/", "",
                 true},
        Accepted{"laterMinor", "GET / HTTP/1.7\r\nHost: a\r\n\r\n"_ba, "/", "", true},
        Accepted{"length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab\r\nc"_ba, "/",
                 "ab\r\nc", true},
        Accepted{"lengthZero", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"_ba, "/",
                 "", true},
        Accepted{
            "chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"_ba,
            "/", "abc0123456789", true},
        Accepted{
            "chunkExtensions",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\";c\r\nabc\r\n0 ;x\r\n\r\n"_ba,
            "/", "abc", true},
        Accepted{
            "trailers",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n"_ba,
            "/", "abc", true},
        Accepted{
            "bodyLooksLikeRequest",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n"_ba,
            "/", "GET / HTTP/1.1\r\n\r\n", true}),
    [](const auto &info) { return std::string(info.param.name); });

TEST(RequestParser, KeepsHeadersInOrderWithDuplicates) {
    RequestParser parser;
    parser.feed("GET / HTTP/1.1\r\nHost: a\r\nX-A:  1 \r\nx-a: 2\r\nEmpty:\r\n\r\n");
    const HttpRequest request = parser.take();
    const HeaderList expected{{"Host", "a"}, {"X-A", "1"}, {"x-a", "2"}, {"Empty", ""}};
    EXPECT_EQ(request.headers, expected);
}

TEST(RequestParser, AbsoluteFormReplacesHost) {
    RequestParser parser;
    parser.feed("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(parser.take().headers.value("Host"), "evil.example");
}

TEST(RequestParser, GivesPipelinedRequestsOneAfterTheOther) {
    RequestParser parser;
    const QByteArray two =
        "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nd\r\n0\r\n\r\n"
        "GET /3 HTTP/1.1\r\nHo";
    ASSERT_EQ(parser.feed(two), State::Complete);
    EXPECT_EQ(parser.take().body, "abc");
    ASSERT_EQ(parser.feed({}), State::Complete);
    EXPECT_EQ(parser.take().body, "d");
    EXPECT_EQ(parser.feed({}), State::Head);
    EXPECT_EQ(parser.feed("st: a\r\n\r\n"), State::Complete);
    EXPECT_EQ(parser.take().target, "/3");
}

TEST(RequestParser, ExpectsContinueOnlyUntilTheBodyStarts) {
    RequestParser parser;
    parser.feed("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_TRUE(parser.expectsContinue());
    parser.feed("a");
    EXPECT_FALSE(parser.expectsContinue());
    EXPECT_EQ(parser.feed("b"), State::Complete);
}

TEST(RequestParser, TakesABodyOfTheGreatestSizeAndNoMore) {
    const RequestBounds bounds{.headerBytes = 1024, .targetBytes = 100, .bodyBytes = 100'000};
    RequestParser parser(bounds);
    parser.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    EXPECT_EQ(parser.feed(QByteArray(99'999, 'x')), State::Body);
    EXPECT_EQ(parser.feed("yGET"), State::Complete);
    EXPECT_EQ(parser.waitingBytes(), 3);
    EXPECT_EQ(parser.take().body.size(), 100'000);
}

} // namespace
} // namespace quaygate
