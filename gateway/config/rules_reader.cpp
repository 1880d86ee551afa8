#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

/// An object whose members are fields of a body, every one of them, to the byte.
QList<BodyField> readFields(Reading &reading, const Node &node, const QString &pointer) {
    QList<BodyField> fields;
    ObjectReader object(reading, node, pointer, u"“%1”"_s.arg(pointer.section(u'/', -1)));
    for (const Node::Member &member : node.members)
        fields.append({QString::fromUtf8(member.key), object.bytesOf(member.value)});
    return fields;
}

PromptMessage readMessage(Reading &reading, const Node &node, const QString &pointer) {
    PromptMessage message;
    ObjectReader object(reading, node, pointer, u"A message of “prompt”"_s);
    object.take("role", message.role);
    object.take("content", message.content);
    message.unknown = object.rest();
    return message;
}

PromptRule readPrompt(Reading &reading, const Node &node, const QString &pointer) {
    PromptRule prompt;
    ObjectReader object(reading, node, pointer, u"“prompt”"_s);
    prompt.prepend = takeList(reading, object, "prepend", readMessage);
    prompt.append = takeList(reading, object, "append", readMessage);
    prompt.unknown = object.rest();
    return prompt;
}

/// For what is not known, the first of them stands in.
QList<GuardBuiltin> takeBuiltins(Reading &reading, ObjectReader &object) {
    QList<GuardBuiltin> builtins;
    for (const Node &element : object.takeArray("builtins")) {
        const auto known = element.type == Node::Type::String
                               ? valueOf<GuardBuiltin>(json::stringValue(reading.text, element))
                               : std::nullopt;
        if (!known)
            object.addAt("builtins", builtins.size(),
                         u"Each of \"builtins\" must be %1."_s.arg(wordList<GuardBuiltin>()));
        builtins.append(known.value_or(GuardBuiltin{}));
    }
    return builtins;
}

GuardRule readGuardRule(Reading &reading, const Node &node, const QString &pointer) {
    GuardRule rule;
    ObjectReader object(reading, node, pointer, u"A rule of “guard”"_s);
    takeWord(object, "action", rule.action);
    object.take("patterns", rule.patterns);
    rule.builtins = takeBuiltins(reading, object);
    object.takeWholeNumber("status", errorStatusRange, rule.status);
    object.take("message", rule.message);
    rule.unknown = object.rest();
    return rule;
}

Guard readGuard(Reading &reading, const Node &node, const QString &pointer) {
    Guard guard;
    ObjectReader object(reading, node, pointer, u"“guard”"_s);
    guard.request = takeList(reading, object, "request", readGuardRule);
    guard.response = takeList(reading, object, "response", readGuardRule);
    object.take("streaming", guard.streaming);
    guard.unknown = object.rest();
    return guard;
}

RateLimit readRateLimit(Reading &reading, const Node &node, const QString &pointer) {
    RateLimit limit;
    ObjectReader object(reading, node, pointer, u"A limit of “rateLimit”"_s);
    object.takeWholeNumber("requests", rateRange, limit.requests);
    object.takeWholeNumber("tokens", rateRange, limit.tokens);
    takeWord(object, "per", limit.per);
    object.takeWholeNumber("burst", rateRange, limit.burst);
    limit.unknown = object.rest();
    return limit;
}

Budget readBudget(Reading &reading, const Node &node, const QString &pointer) {
    Budget budget;
    ObjectReader object(reading, node, pointer, u"“budget”"_s);
    object.takeWholeNumber("tokens", budgetTokensRange, budget.tokens);
    object.takeNumber("money", moneyRange, budget.money);
    takeWord(object, "per", budget.per);
    object.takeNumber("warnAt", shareRange, budget.warnAt);
    budget.unknown = object.rest();
    return budget;
}

} // namespace

QList<RateLimit> takeRateLimits(Reading &reading, ObjectReader &object) {
    return takeList(reading, object, "rateLimit", readRateLimit);
}

std::optional<Budget> takeBudget(Reading &reading, ObjectReader &object) {
    const Node *const node = object.takeNode("budget");
    if (node == nullptr || node->type == Node::Type::Null)
        return std::nullopt;
    return readBudget(reading, *node, object.pointerTo("budget"));
}

Rules takeRules(Reading &reading, ObjectReader &object) {
    Rules rules;
    takeObject(reading, object, "defaults", rules.defaults, readFields);
    takeObject(reading, object, "overrides", rules.overrides, readFields);
    takeObject(reading, object, "prompt", rules.prompt, readPrompt);
    takeObject(reading, object, "guard", rules.guard, readGuard);
    rules.rateLimit = takeRateLimits(reading, object);
    rules.budget = takeBudget(reading, object);
    return rules;
}

} // namespace quaygate
