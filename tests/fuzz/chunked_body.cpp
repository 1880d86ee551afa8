#include "gateway/http/request_parser.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/target.h"

#include <optional>

using namespace Qt::StringLiterals;

// A chunked body behind a fixed head, cut anywhere, beside a second reader of the same grammar.

namespace quaygate::fuzz {
namespace {

using State = RequestParser::State;

constexpr QByteArrayView head =
    "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Small enough to be reached.
constexpr RequestBounds bounds{.headerBytes = 512, .targetBytes = 128, .bodyBytes = 1024};

struct Body {
    QByteArray bytes;
    qsizetype waiting = 0; ///< bytes behind the body
};

/// Lenient where the parser is strict: it says what a body means, not whether it is well-formed.
std::optional<Body> lenientBody(QByteArrayView text) {
    Body body;
    while (true) {
        const qsizetype lineEnd = text.indexOf("\r\n");
        if (lineEnd < 0)
            return std::nullopt;
        QByteArrayView number = text.first(lineEnd);
        if (const qsizetype semicolon = number.indexOf(';'); semicolon >= 0)
            number = number.first(semicolon);
        const auto size = static_cast<qsizetype>(number.trimmed().toULongLong(nullptr, 16));
        text = text.sliced(lineEnd + 2);
        if (size == 0)
            break;
        if (size > text.size() - 2)
            return std::nullopt;
        body.bytes.append(text.first(size));
        text = text.sliced(size + 2);
    }
    // Trailers, up to an empty line.
    while (!text.startsWith("\r\n")) {
        const qsizetype lineEnd = text.indexOf("\r\n");
        if (lineEnd < 0)
            return std::nullopt;
        text = text.sliced(lineEnd + 2);
    }
    body.waiting = text.size() - 2;
    return body;
}

void checkMeaning(RequestParser &parser, QByteArrayView text) {
    const qsizetype waiting = parser.waitingBytes();
    const QByteArray body = parser.take().body;
    const auto expected = lenientBody(text);
    check(expected.has_value(), "a body that is complete has an end");
    check(body == expected->bytes, "a body is its chunks, put together");
    check(waiting == expected->waiting, "a body ends where its last chunk does");
    check(body.size() <= bounds.bodyBytes, "a body is bounded");
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const CutStream input(bytesOf(data, size));

    RequestParser whole(bounds);
    whole.feed(head.toByteArray() + input.whole().toByteArray());

    RequestParser cut(bounds);
    check(cut.feed(head) == State::Body, "behind the head is the body");
    input.forEachPiece([&](QByteArrayView piece) { cut.feed(piece); });

    check(whole.state() == cut.state(), "the pieces do not change how far the body is");
    if (whole.state() == State::Refused)
        check(whole.refusal().status == cut.refusal().status,
              "the pieces do not change what is refused");
    if (whole.state() != State::Complete)
        return 0;
    check(whole.waitingBytes() == cut.waitingBytes(), "the pieces do not change where a body ends");
    checkMeaning(whole, input.whole());
    checkMeaning(cut, input.whole());
    return 0;
}
