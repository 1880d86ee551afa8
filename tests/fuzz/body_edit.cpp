#include "gateway/json/json_text.h"
#include "gateway/json/utf8.h"
#include "gateway/rules/body_fields.h"
#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/guard_body.h"
#include "gateway/rules/parameter_refusal.h"
#include "gateway/rules/prompt.h"
#include "tests/fuzz/target.h"

using namespace Qt::StringLiterals;

// What rules do to the body of a request. An input is a name, a value, and the body: the first
// line, the second, and the rest.

namespace quaygate::fuzz {
namespace {

using json::Node;

QByteArrayView takeLine(QByteArrayView &rest) {
    const qsizetype end = rest.indexOf('\n');
    const QByteArrayView line = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return line;
}

QByteArray textOf(QByteArrayView text, const Node &node) {
    return text.sliced(node.span.begin, node.span.end - node.span.begin).toByteArray();
}

Node parsed(const QByteArray &body) {
    json::Parsed parsed = json::parse(body);
    check(parsed.ok && parsed.root.type == Node::Type::Object, "a body stays a JSON object");
    return std::move(parsed.root);
}

void checkFields(const QByteArray &body, const Node &root, const QString &name,
                 const QByteArray &value) {
    Rules defaults;
    defaults.defaults = {{name, value}};
    const QByteArray withDefault = withFields(body, defaults).value();
    const Node *const before = root.find(name.toUtf8());
    const Node after = parsed(withDefault);
    check(after.find(name.toUtf8()) != nullptr, "a default is there");
    check(!before || withDefault == body, "a default changes nothing that is there");

    Rules overrides;
    overrides.overrides = {{name, value}};
    const QByteArray overridden = withFields(body, overrides).value();
    const Node now = parsed(overridden);
    check(textOf(overridden, *now.find(name.toUtf8())) == value, "an override is there");
    check(now.members.size() == root.members.size() + (before ? 0 : 1), "and nothing else");
    check(withFields(overridden, overrides).value() == overridden, "twice is as once");
}

void checkPrompt(const QByteArray &body, const Node &root, const QString &text) {
    const PromptRule rule{{{u"system"_s, text}, {u"user"_s, text}}, {{u"assistant"_s, text}}};
    const QByteArray chat = withPrompt(body, rule, RuleDialect::Chat).value();
    const Node after = parsed(chat);
    if (const Node *const list = root.find("messages"); list && list->type == Node::Type::Array) {
        const std::vector<Node> &now = after.find("messages")->elements;
        check(now.size() == list->elements.size() + 3, "three messages are added");
        for (std::size_t i = 0; i < list->elements.size(); ++i)
            check(textOf(chat, now[i + 2]) == textOf(body, list->elements[i]),
                  "those of the client stay between them");
    } else {
        check(chat == body, "where there are no messages, none are added");
    }
    parsed(withPrompt(body, rule, RuleDialect::Responses).value());
    parsed(withPrompt(body, rule, RuleDialect::Messages).value());
}

void checkParameters(const QByteArray &body, const Node &root, const QByteArray &name) {
    const QList<ParameterEdit> gone{{name}, {"top_p"}, {"a.b"}};
    const QByteArray without = withParameters(body, gone).value();
    const Node after = parsed(without);
    check(!after.find("top_p"), "what is left out is not there");
    check(after.members.size() <= root.members.size(), "nothing is added");
    const QByteArray renamed = withParameters(body, {{"max_tokens", "new"}}).value();
    check(!parsed(renamed).find("max_tokens"), "a name that was changed is not there");
    check(!root.find("max_tokens") || parsed(renamed).find("new"), "and the new one is");
}

void checkGuard(const QByteArray &body, const Node &root) {
    static const GuardSteps steps = [] {
        GuardRule rule;
        rule.action = GuardRule::Action::Mask;
        rule.patterns = {u"Z\\d"_s};
        rule.builtins = {GuardBuiltin::Email, GuardBuiltin::Phone};
        Guard guard;
        guard.request = {rule};
        return compileGuard(guard).value()->request;
    }();
    for (const RuleDialect dialect :
         {RuleDialect::Chat, RuleDialect::Responses, RuleDialect::Messages,
          RuleDialect::Completions, RuleDialect::Embeddings}) {
        const Result<GuardedBody> guarded = guardRequest(body, dialect, steps);
        check(guarded.ok() && !guarded->rejection, "a body that is JSON can be guarded");
        check(guarded->changed || guarded->body == body, "what is not changed keeps its bytes");
        check(guarded->changed != guarded->verdicts.isEmpty(), "what is changed is told");
        check(parsed(guarded->body).members.size() == root.members.size(), "no member is lost");
        parsed(guardAnswer(body, dialect, steps).body);
    }
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    QByteArrayView rest = bytesOf(data, size);
    const QString name = json::textOfUtf8(takeLine(rest));
    const QByteArray value = takeLine(rest).toByteArray().trimmed();
    const QByteArray body = rest.toByteArray();
    const json::Parsed before = json::parse(body, 500);
    refusedParameters(body, body, RuleDialect::Chat);
    if (!before.ok || before.root.type != json::Node::Type::Object)
        return 0;
    refusedParameters(value, body, RuleDialect::Responses);
    if (json::parse(value, 10).ok)
        checkFields(body, before.root, name, value);
    checkPrompt(body, before.root, name);
    checkParameters(body, before.root, name.toUtf8());
    checkGuard(body, before.root);
    return 0;
}
