#include "gateway/http/http_text.h"
#include "gateway/http/request_parser.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/target.h"

#include <QList>

using namespace Qt::StringLiterals;

// Bytes of a client on their way into the server: any number of pipelined requests, cut anywhere.

namespace quaygate::fuzz {
namespace {

using State = RequestParser::State;

/// Small enough to be reached.
constexpr RequestBounds bounds{.headerBytes = 512, .targetBytes = 128, .bodyBytes = 1024};

/// What was read of a stream.
struct Reading {
    QList<HttpRequest> requests;
    QList<bool> keepAlive;
    State last = State::Idle;
    int refusedWith = 0;
};

bool sameRequest(const HttpRequest &a, const HttpRequest &b) {
    return a.method == b.method && a.target == b.target && a.minorVersion == b.minorVersion &&
           a.headers == b.headers && a.body == b.body;
}

void feed(RequestParser &parser, QByteArrayView bytes, Reading &reading) {
    State state = parser.feed(bytes);
    while (state == State::Complete) {
        reading.keepAlive.append(parser.keepAlive());
        reading.requests.append(parser.take());
        check(parser.state() == State::Idle, "after `take` the parser is idle");
        state = parser.feed({});
    }
    reading.last = state;
    reading.refusedWith = state == State::Refused ? parser.refusal().status : 0;
}

Reading readWhole(QByteArrayView stream) {
    Reading reading;
    RequestParser parser(bounds);
    feed(parser, stream, reading);
    if (reading.last == State::Refused) {
        check(reading.refusedWith >= 400 && reading.refusedWith < 600,
              "a refusal has the status of an error");
        check(!parser.refusal().error.message.isEmpty(), "a refusal says why");
    }
    return reading;
}

void checkSame(const Reading &a, const Reading &b) {
    check(a.requests.size() == b.requests.size() &&
              std::equal(a.requests.begin(), a.requests.end(), b.requests.begin(), sameRequest),
          "the pieces do not change the requests");
    check(a.keepAlive == b.keepAlive, "the pieces do not change what becomes of the connection");
    check(a.last == b.last && a.refusedWith == b.refusedWith,
          "the pieces do not change what is refused");
}

void checkForm(const HttpRequest &request) {
    check(isToken(request.method), "the method is a token");
    check(request.target.startsWith('/') || request.target == "*", "the target is a path or *");
    check(isTargetText(request.target) && request.target.size() <= bounds.targetBytes,
          "the target is bounded and has no character that must be encoded");
    check(request.headers.count("Host") == 1 || request.minorVersion == 0,
          "every HTTP/1.1 request names one host");
    check(request.headers.count("Content-Length") + request.headers.count("Transfer-Encoding") <= 1,
          "the length is given once");
    check(request.body.size() <= bounds.bodyBytes, "the body is bounded");
    qsizetype headerBytes = 0;
    for (const Header &header : request.headers) {
        check(isToken(header.name) && isFieldText(header.value), "headers are one clean line each");
        check(trimBlanks(header.value).size() == header.value.size(), "values are trimmed");
        headerBytes += header.name.size() + header.value.size();
    }
    // A host of the target takes the place of the one in the header.
    check(headerBytes <= bounds.headerBytes + bounds.targetBytes, "the headers are bounded");
}

/// The request as anyone would send it on.
QByteArray written(const HttpRequest &request) {
    QByteArray out = request.method + ' ' + request.target + " HTTP/1." +
                     QByteArray::number(request.minorVersion) + "\r\n";
    for (const Header &header : request.headers) {
        if (!sameHeader(header.name, "Transfer-Encoding") &&
            !sameHeader(header.name, "Content-Length"))
            out.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    out += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n\r\n";
    return out + request.body;
}

/// Nothing in a request can make two of it, or another one, for the next reader.
void checkReadsBack(const HttpRequest &request) {
    RequestParser parser; // what is added may need more room than came
    check(parser.feed(written(request)) == State::Complete, "a request can be sent on");
    check(parser.waitingBytes() == 0, "a request that is sent on is one request");
    HttpRequest again = parser.take();
    check(again.method == request.method && again.target == request.target &&
              again.body == request.body,
          "a request that is sent on stays the same");
    again.headers.remove("Content-Length");
    HeaderList expected = request.headers;
    expected.remove("Content-Length");
    expected.remove("Transfer-Encoding");
    check(again.headers == expected, "headers that are sent on stay the same");
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const CutStream input(bytesOf(data, size));
    const Reading whole = readWhole(input.whole());

    Reading cut;
    RequestParser parser(bounds);
    input.forEachPiece([&](QByteArrayView piece) { feed(parser, piece, cut); });
    checkSame(whole, cut);

    for (const HttpRequest &request : whole.requests) {
        checkForm(request);
        checkReadsBack(request);
    }
    return 0;
}
