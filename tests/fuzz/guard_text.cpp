#include "gateway/json/utf8.h"
#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/text_filter.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/target.h"

using namespace Qt::StringLiterals;

// A guard over a text in pieces, beside the same guard over the whole. An input is a pattern, the
// cuts, and the text: the first line, the second, and the rest. Without a pattern the built-ins
// look for what they know.

namespace quaygate::fuzz {
namespace {

std::optional<GuardSteps> stepsOf(const QString &pattern) {
    GuardRule rule;
    rule.action = GuardRule::Action::Mask;
    if (pattern.isEmpty())
        rule.builtins = {GuardBuiltin::Ssn, GuardBuiltin::CreditCard, GuardBuiltin::Phone,
                         GuardBuiltin::Email, GuardBuiltin::CaSin};
    else
        rule.patterns = {pattern};
    Guard guard;
    guard.response = {rule};
    const auto compiled = compileGuard(guard);
    if (!compiled)
        return std::nullopt;
    return compiled.value()->response;
}

bool isBoundary(QByteArrayView text, qsizetype place) {
    return place == text.size() || (static_cast<unsigned char>(text[place]) & 0xC0U) != 0x80;
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const QByteArrayView input = bytesOf(data, size);
    const qsizetype end = std::max<qsizetype>(input.indexOf('\n'), 0);
    const std::optional<GuardSteps> steps = stepsOf(json::textOfUtf8(input.first(end)));
    if (!steps)
        return 0;
    const CutStream cut(input.sliced(std::min(end + 1, input.size())));
    // Texts of JSON strings are whole characters.
    const QByteArray text = json::textOfUtf8(cut.whole()).toUtf8();
    GuardTally tally(*steps);
    const QByteArray whole = filtered(*steps, tally, text);
    check(json::textOfUtf8(whole).toUtf8() == whole, "what comes out is UTF-8");
    check(tally.foundNothing() == (whole == text) || text.contains('<'),
          "a text changes where something was found, and only there");

    GuardTally cutTally(*steps);
    TextFilter filter(*steps, cutTally);
    QByteArray out;
    qsizetype begin = 0;
    qsizetype at = 0;
    cut.forEachPiece([&](QByteArrayView piece) {
        at = std::min(at + piece.size(), text.size());
        qsizetype place = at;
        while (!isBoundary(text, place))
            ++place;
        if (place <= begin)
            return;
        filter.feed(QByteArrayView(text).sliced(begin, place - begin), out);
        begin = place;
    });
    filter.feed(QByteArrayView(text).sliced(begin), out);
    filter.finish(out);
    check(out == whole, "the pieces do not change what is found");
    check(tally.verdicts({}) == cutTally.verdicts({}), "the pieces do not change what is told");
    check(!filter.holds(), "nothing is held at the end");
    return 0;
}
