#include "gateway/http/http1_answer.h"

#include "tests/fuzz/pieces.h"
#include "tests/fuzz/target.h"

// The bytes of an upstream, cut anywhere. The first byte says what the request has asked for and
// whether the stream ends.

namespace quaygate::fuzz {
namespace {

using State = Http1Answer::State;
using Wanted = Http1Answer::Wanted;

struct Reader {
    explicit Reader(Wanted wanted) : answer(wanted, head, body) {}

    ResponseHead head;
    QByteArray body;
    Http1Answer answer;
};

void checkSame(const Reader &whole, const Reader &cut) {
    check(whole.answer.state() == cut.answer.state(), "the pieces do not change how it ends");
    check(whole.answer.keepsAlive() == cut.answer.keepsAlive(),
          "the pieces do not change what may follow");
    check(whole.body == cut.body, "the pieces do not change the body");
    if (whole.answer.state() == State::Broken)
        check(whole.answer.cause() == cut.answer.cause(), "the pieces do not change the fault");
    check(whole.head.isComplete() == cut.head.isComplete(), "the pieces do not change the head");
    if (whole.head.isComplete())
        check(whole.head.headers() == cut.head.headers() &&
                  whole.head.status() == cut.head.status(),
              "the pieces do not change the headers");
}

void checkPromises(const Reader &reader, Wanted wanted, qsizetype size) {
    const State state = reader.answer.state();
    if (state == State::Complete || state == State::Body) {
        check(reader.head.isComplete(), "a body has a head");
        const int status = reader.head.status();
        const bool isFinal = status >= 200 && status <= 999;
        check(isFinal || (status == 101 && wanted == Wanted::Upgrade), "an answer is final");
    }
    if (wanted == Wanted::HeadOnly)
        check(reader.body.isEmpty(), "a HEAD has no body");
    check(reader.body.size() <= size, "a body is made of what came");
    if (!reader.head.isComplete())
        return;
    for (const Header &header : reader.head.headers()) {
        check(!header.name.isEmpty(), "a header has a name");
        check(!header.value.contains('\n') && !header.value.contains('\r') &&
                  !header.value.contains('\0'),
              "a header is one line");
    }
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate::fuzz;
    if (size == 0)
        return 0;
    const Wanted wanted = data[0] & 1   ? Wanted::HeadOnly
                          : data[0] & 4 ? Wanted::Upgrade
                                        : Wanted::Body;
    const bool ends = data[0] & 2;
    const CutStream input(bytesOf(data + 1, size - 1));

    Reader whole(wanted);
    whole.answer.feed(input.whole());
    Reader cut(wanted);
    input.forEachPiece([&](QByteArrayView piece) { cut.answer.feed(piece); });
    if (ends) {
        whole.answer.end();
        cut.answer.end();
    }
    checkSame(whole, cut);
    checkPromises(whole, wanted, input.whole().size());
    return 0;
}
