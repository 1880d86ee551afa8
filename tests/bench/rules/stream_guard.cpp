#include "gateway/rules/stream_guard.h"

#include "gateway/rules/compiled_guard.h"
#include "tests/bench/rules/part.h"
#include "tests/bench/rules/timing.h"

#include <QByteArrayList>

#include <memory>

using namespace Qt::StringLiterals;

namespace quaygate::bench {

namespace {

/// A tenth of what the gateway costs an event of a stream: 1.39 s of CPU for 300 streams of 200
/// events, see docs/performance.md.
constexpr double boundNs = 2'300;

constexpr int eventCount = 512;

const char *const words[] = {" cloud",     " The",   " sky",        " is",   " blue",   ",",
                             " and",       "\\n\\n", " in",         " 2024", " people", "'s",
                             " \\\"right", ".",      " be",         " a",    " quick",  " 3",
                             " which",     " –",     " caf\\u00e9", " of",   " to",     " data"};

QByteArray chatEvent(QByteArrayView word) {
    return R"(data: {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},)"
           R"("self_harm":{"filtered":false,"severity":"safe"}},"delta":{"content":")" +
           word.toByteArray() +
           R"("},"finish_reason":null,"index":0,"logprobs":null}],"created":1760000000,)"
           R"("id":"chatcmpl-BenchStream0000000000000000000","model":"gpt-4.1-mini-2025-04-14",)"
           R"("object":"chat.completion.chunk","system_fingerprint":"fp_178c8d546f"})"
           "\n\n";
}

QByteArray responsesEvent(QByteArrayView word) {
    return R"(event: response.output_text.delta
data: {"type":"response.output_text.delta","sequence_number":42,"item_id":"msg_0000000000000000000000000000000000000000",)"
           R"("output_index":0,"content_index":0,"delta":")" +
           word.toByteArray() + R"(","logprobs":[],"obfuscation":"a1B2c3D4e5"})" + "\n\n";
}

QByteArray messagesEvent(QByteArrayView word) {
    return R"(event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":")" +
           word.toByteArray() + R"("}})" + "\n\n";
}

GuardSteps stepsOf(const QStringList &patterns, const QList<GuardBuiltin> &builtins) {
    GuardRule rule;
    rule.action = GuardRule::Action::Mask;
    rule.patterns = patterns;
    rule.builtins = builtins;
    Guard guard;
    guard.response = {rule};
    return compileGuard(guard).value()->response;
}

/// Of an event, where so many come in one piece.
double costOf(RuleDialect dialect, QByteArray (*event)(QByteArrayView), const GuardSteps &steps,
              int together = 1) {
    QByteArrayList pieces(eventCount / together);
    for (int i = 0; i < eventCount; ++i)
        pieces[i / together] += event(words[(i * 7) % std::size(words)]);
    std::unique_ptr<StreamGuard> guard;
    const auto feed = [&](int i) {
        if (i % pieces.size() == 0)
            guard = std::make_unique<StreamGuard>(dialect, steps);
        use(guard->feed(pieces[i % pieces.size()]));
    };
    return nanosecondsOf(feed, 20'000 / together) / together;
}

} // namespace

QList<Row> measureStreamGuard() {
    const GuardSteps numbers = stepsOf({}, {GuardBuiltin::CreditCard, GuardBuiltin::Ssn,
                                            GuardBuiltin::CaSin, GuardBuiltin::Phone});
    const GuardSteps all =
        stepsOf({}, {GuardBuiltin::CreditCard, GuardBuiltin::Ssn, GuardBuiltin::CaSin,
                     GuardBuiltin::Phone, GuardBuiltin::Email});
    const GuardSteps patterns = stepsOf({u"sk-[A-Za-z0-9]{20,}"_s, u"(?i)secret[-_ ]?\\d+"_s}, {});
    const GuardSteps none = stepsOf({u"\\x00never"_s}, {});
    const auto row = [](const QString &what, double ns) { return Row{what, ns, boundNs, u"ns"_s}; };
    using enum RuleDialect;
    return {
        row(u"an event of chat, one pattern"_s, costOf(Chat, chatEvent, none)),
        row(u"an event of chat, two patterns"_s, costOf(Chat, chatEvent, patterns)),
        row(u"an event of chat, cards, SSN, SIN and phones"_s, costOf(Chat, chatEvent, numbers)),
        row(u"an event of chat, all built-ins"_s, costOf(Chat, chatEvent, all)),
        row(u"an event of chat, all built-ins, 64 at once"_s, costOf(Chat, chatEvent, all, 64)),
        row(u"an event of responses, all built-ins"_s, costOf(Responses, responsesEvent, all)),
        row(u"an event of messages, all built-ins"_s, costOf(Messages, messagesEvent, all)),
    };
}

} // namespace quaygate::bench
