#include "gateway/http/http1_answer.h"
#include "gateway/http/http1_request.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate;

namespace {

using State = Http1Answer::State;
using Wanted = Http1Answer::Wanted;

/// What came of a stream, which may have ended with its last byte.
struct Read {
    State state = State::Head;
    UpstreamCause cause = UpstreamCause::Other;
    bool keepsAlive = false;
    int status = 0;
    HeaderList headers;
    QByteArray body;

    bool operator==(const Read &) const = default;
};

Read readIn(const QByteArray &stream, qsizetype pieceSize, bool ends, Wanted wanted) {
    ResponseHead head;
    Read read;
    Http1Answer answer(wanted, head, read.body);
    for (qsizetype at = 0; at < stream.size(); at += pieceSize)
        answer.feed(QByteArrayView(stream).sliced(at, std::min(pieceSize, stream.size() - at)));
    if (ends)
        answer.end();
    read.state = answer.state();
    if (read.state == State::Broken)
        read.cause = answer.cause();
    read.keepsAlive = answer.keepsAlive();
    if (head.isComplete()) {
        read.status = head.status();
        read.headers = head.headers();
    }
    return read;
}

/// The same however it is cut, which is checked.
Read readAll(const QByteArray &stream, bool ends = false, Wanted wanted = Wanted::Body) {
    const Read whole = readIn(stream, stream.size() + 1, ends, wanted);
    for (const qsizetype size : {1, 2, 3, 7})
        EXPECT_EQ(readIn(stream, size, ends, wanted), whole) << stream.toStdString();
    return whole;
}

struct GoodCase {
    const char *stream;
    bool ends;
    const char *body;
    bool keepsAlive;
};

struct BadCase {
    const char *stream;
    UpstreamCause cause;
    bool ends = false;
};

} // namespace

TEST(Http1Answer, KnowsWhereAnAnswerEnds) {
    const QList<GoodCase> cases{
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, "ok", true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false, "", true},
        {"HTTP/1.1 204 None\r\n\r\n", false, "", true},
        {"HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n", false, "", true},
        {"HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 2\r\n\r\nok", false,
         "ok", false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", false, "ok", false},
        {"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok", false, "ok",
         true},
        {"HTTP/1.1 200 OK\r\n\r\nuntil the end", true, "until the end", false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1", false, "ok", false},
        {"HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n2\r\nok\r\n0\r\n\r\n", false, "ok",
         true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 "
         ";a=\"b\"\r\nok\r\n1\r\n!\r\n000\r\n"
         "X: 1\r\n\r\n",
         false, "ok!", true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore", false, "", false},
        {"HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\n"
         "Content-Length: 2\r\n\r\nok",
         false, "ok", true},
    };
    for (const GoodCase &test : cases) {
        const Read read = readAll(test.stream, test.ends);
        EXPECT_EQ(read.state, State::Complete) << test.stream;
        EXPECT_EQ(read.body, test.body) << test.stream;
        EXPECT_EQ(read.keepsAlive, test.keepsAlive) << test.stream;
    }
    EXPECT_EQ(
        readAll("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", false, Wanted::HeadOnly).state,
        State::Complete);
}

TEST(Http1Answer, AnUpgradeIsFollowedByTheOtherProtocol) {
    const QByteArray stream = "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n\x81\x00\r\n"_ba;
    const Read upgraded = readAll(stream, false, Wanted::Upgrade);
    EXPECT_EQ(upgraded.state, State::Body);
    EXPECT_EQ(upgraded.status, 101);
    EXPECT_EQ(upgraded.body, stream.last(4));
    EXPECT_EQ(readAll(stream, true, Wanted::Upgrade).state, State::Complete);

    const Read refused =
        readAll("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno", false, Wanted::Upgrade);
    EXPECT_EQ(refused.state, State::Complete);
    EXPECT_EQ(refused.body, "no");
}

TEST(Http1Answer, GuessesNothing) {
    using enum UpstreamCause;
    const QList<BadCase> cases{
        {"", Closed, true},
        {"HTTP/1.1 200 OK\r\nA: b\r\n", Closed, true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", Cut, true},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", Cut, true},
        {"ICY 200 OK\r\n", NotHttp},
        {"220 mail", NotHttp},
        {"HTTP/2 200 OK\r\n", NotHttp},
        {"HTTP/1.1 20 OK\r\n", NotHttp},
        {"HTTP/1.1 2000 OK\r\n", NotHttp},
        {"HTTP/1.1  200 OK\r\n", NotHttp},
        {"HTTP/1.1 000 OK\r\n", NotHttp},
        {"HTTP/1.1 200 OK\n", NotHttp},
        {"\r\nHTTP/1.1 200 OK\r\n", NotHttp},
        {"HTTP/1.1 101 Switching\r\n\r\n", BadFraming},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/9", BadFraming},
        {"HTTP/1.1 200 OK\r\nA: b\nC: d\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nA: b\rC: d\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nA : b\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\n: b\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nno colon\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\n A: b\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nA: \x01\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", BadFraming},
        {"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2x\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\na", BadFraming},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n", BadFraming},
    };
    for (const BadCase &test : cases) {
        const Read read = readAll(test.stream, test.ends);
        EXPECT_EQ(read.state, State::Broken) << test.stream;
        EXPECT_EQ(read.cause, test.cause) << test.stream;
        EXPECT_FALSE(read.keepsAlive) << test.stream;
    }
}

TEST(Http1Answer, IsBoundedInEveryPartButTheBody) {
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    const struct {
        QByteArray start;
        QByteArray more;
    } cases[] = {
        {"HTTP/1.1 200 ", "x"}, {ok, "X-A: b\r\n"},
        {ok + "X-A: ", "b"},    {"HTTP/1.1 103 Hints\r\n\r\n", "HTTP/1.1 103 Hints\r\n\r\n"},
        {chunked + "1;", "x"},  {chunked + "0\r\n", "X-A: b\r\n"},
    };
    for (const auto &test : cases) {
        ResponseHead head;
        QByteArray body;
        Http1Answer answer(Wanted::Body, head, body);
        answer.feed(test.start);
        qsizetype fed = 0;
        while (answer.state() != State::Broken && fed < 2 * ResponseHead::maxBytes) {
            answer.feed(test.more);
            fed += test.more.size();
        }
        EXPECT_EQ(answer.state(), State::Broken) << test.start.toStdString();
        EXPECT_LE(fed, ResponseHead::maxBytes) << test.start.toStdString();
    }
}

TEST(Http1Request, WritesTheHostAsTheUrlHasIt) {
    const struct {
        QByteArray url;
        QByteArray head;
    } cases[] = {
        {"https://a.example", "GET / HTTP/1.1\r\nHost: a.example\r\n"},
        {"https://a.example:443/x", "GET /x HTTP/1.1\r\nHost: a.example\r\n"},
        {"https://a.example:80/x", "GET /x HTTP/1.1\r\nHost: a.example:80\r\n"},
        {"http://[::1]:81?q=/#f", "GET /?q=/ HTTP/1.1\r\nHost: [::1]:81\r\n"},
        {"http://h/a/../%41?b#", "GET /a/../%41?b HTTP/1.1\r\nHost: h\r\n"},
    };
    for (const auto &test : cases) {
        UpstreamRequest request;
        request.method = "GET";
        request.url = test.url;
        std::string text;
        appendHttp1Head(text, request, *upstreamTarget(test.url));
        EXPECT_EQ(QByteArray::fromStdString(text), test.head + "Accept-Encoding: identity\r\n\r\n");
    }
}

TEST(Http1Request, AHostGivenIsTheOnlyOne) {
    UpstreamRequest request;
    request.method = "POST";
    request.url = "https://a.example/";
    request.headers = {{"X-A", "1"}, {"host", "other.example"}, {"Accept-Encoding", "br"}};
    std::string text;
    appendHttp1Head(text, request, *upstreamTarget(request.url));
    EXPECT_EQ(text, "POST / HTTP/1.1\r\nHost: other.example\r\nX-A: 1\r\nAccept-Encoding: br\r\n"
                    "Content-Length: 0\r\n\r\n");
}
