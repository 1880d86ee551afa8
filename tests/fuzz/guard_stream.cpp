#include "gateway/http/sse_reader.h"
#include "gateway/json/json_text.h"
#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/stream_guard.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/target.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// A guard over a stream of events, cut anywhere. An input is the API ('c' chat, 't' completions,
// 'r' responses, 'm' messages), the cuts, and the stream: the first line, the second, and the rest.

namespace quaygate::fuzz {
namespace {

GuardSteps stepsOf(GuardRule::Action action, const QStringList &patterns,
                   const QList<GuardBuiltin> &builtins) {
    GuardRule rule;
    rule.action = action;
    rule.patterns = patterns;
    rule.builtins = builtins;
    Guard guard;
    guard.response = {rule};
    return compileGuard(guard).value()->response;
}

RuleDialect dialectOf(QByteArrayView letter) {
    if (letter.startsWith('r'))
        return RuleDialect::Responses;
    if (letter.startsWith('m'))
        return RuleDialect::Messages;
    return letter.startsWith('t') ? RuleDialect::Completions : RuleDialect::Chat;
}

constexpr const char *special[] = {"logprobs", "arguments", "partial_json", "\\u"};

struct Through {
    QByteArray out;
    QList<RuleVerdict> verdicts;

    bool operator==(const Through &) const = default;
};

Through whole(RuleDialect dialect, const GuardSteps &steps, QByteArrayView stream) {
    StreamGuard guard(dialect, steps);
    Through through;
    through.out = guard.feed(stream);
    through.out += guard.end();
    through.verdicts = guard.verdicts();
    return through;
}

Through inPieces(RuleDialect dialect, const GuardSteps &steps, const CutStream &stream) {
    StreamGuard guard(dialect, steps);
    Through through;
    stream.forEachPiece([&](QByteArrayView piece) { through.out += guard.feed(piece); });
    through.out += guard.end();
    through.verdicts = guard.verdicts();
    return through;
}

/// How many events of a stream are JSON, and how many there are.
std::pair<int, int> countEvents(QByteArrayView stream) {
    std::pair<int, int> count;
    SseReader reader([&](const SseReader::Event &event) {
        ++count.second;
        count.first += json::parse(event.data).ok || event.data == "[DONE]" ? 1 : 0;
    });
    reader.feed(stream);
    return count;
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    static const GuardSteps masking =
        stepsOf(GuardRule::Action::Mask, {u"Z\\d"_s, u"(?i)key: \\S+"_s},
                {GuardBuiltin::CreditCard, GuardBuiltin::Email});
    static const GuardSteps rejecting = stepsOf(GuardRule::Action::Reject, {u"Z\\d"_s}, {});
    static const GuardSteps finding = stepsOf(GuardRule::Action::Mask, {u"\\x00never\\x00"_s}, {});

    const QByteArrayView input = bytesOf(data, size);
    const qsizetype end = std::max<qsizetype>(input.indexOf('\n'), 0);
    const RuleDialect dialect = dialectOf(input);
    const CutStream stream(input.sliced(std::min(end + 1, input.size())));

    const Through masked = whole(dialect, masking, stream.whole());
    check(masked == inPieces(dialect, masking, stream), "the pieces do not change what comes out");
    const auto [goodBefore, before] = countEvents(stream.whole());
    const auto [goodAfter, after] = countEvents(masked.out);
    check(after >= before, "no event is lost");
    check(after - goodAfter <= before - goodBefore, "what was JSON stays JSON");

    const Through rejected = whole(dialect, rejecting, stream.whole());
    check(rejected == inPieces(dialect, rejecting, stream), "nor where a stream is refused");

    // Numbers in arguments and halves of characters wait for what follows.
    const bool plain = std::none_of(std::begin(special), std::end(special), [&](const char *word) {
        return stream.whole().contains(word);
    });
    if (plain)
        check(whole(dialect, finding, stream.whole()).out == stream.whole(),
              "where nothing is found, every byte stays");
    return 0;
}
