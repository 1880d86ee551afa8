#include "gateway/config/config_words.h"
#include "gateway/config/duration.h"
#include "gateway/config/ranges.h"
#include "gateway/config/writers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArray writeFields(const QList<BodyField> &fields, int depth) {
    ObjectWriter object(depth);
    for (const BodyField &field : fields)
        object.add(field.name, field.json);
    return object.json();
}

QByteArray writeMessage(const PromptMessage &message, int depth) {
    ObjectWriter object(depth);
    object.addText(u"role", message.role);
    object.addText(u"content", message.content);
    object.addUnknown(message.unknown);
    return object.json();
}

QByteArray writePrompt(const PromptRule &prompt, int depth) {
    ObjectWriter object(depth);
    if (!prompt.prepend.isEmpty())
        object.add(u"prepend", writeList(prompt.prepend, object.innerDepth(), writeMessage));
    if (!prompt.append.isEmpty())
        object.add(u"append", writeList(prompt.append, object.innerDepth(), writeMessage));
    object.addUnknown(prompt.unknown);
    return object.json();
}

QByteArray writeGuardRule(const GuardRule &rule, int depth) {
    ObjectWriter object(depth);
    object.addText(u"action", wordOf(rule.action));
    if (!rule.patterns.isEmpty())
        object.addTexts(u"patterns", rule.patterns);
    QStringList builtins;
    for (const GuardBuiltin builtin : rule.builtins)
        builtins.append(wordOf(builtin));
    if (!builtins.isEmpty())
        object.addTexts(u"builtins", builtins);
    if (rule.status != GuardRule().status)
        object.addNumber(u"status", qint64(rule.status));
    object.addTextUnlessEmpty(u"message", rule.message);
    object.addUnknown(rule.unknown);
    return object.json();
}

QByteArray writeGuard(const Guard &guard, int depth) {
    ObjectWriter object(depth);
    if (!guard.request.isEmpty())
        object.add(u"request", writeList(guard.request, object.innerDepth(), writeGuardRule));
    if (!guard.response.isEmpty())
        object.add(u"response", writeList(guard.response, object.innerDepth(), writeGuardRule));
    if (!guard.streaming)
        object.add(u"streaming", "false"_ba);
    object.addUnknown(guard.unknown);
    return object.json();
}

/// `per` is always written: a number alone would not say of what.
QByteArray writeRateLimit(const RateLimit &limit, int depth) {
    ObjectWriter object(depth);
    if (limit.requests != 0)
        object.addNumber(u"requests", qint64(limit.requests));
    if (limit.tokens != 0)
        object.addNumber(u"tokens", qint64(limit.tokens));
    object.addText(u"per", wordOf(limit.per));
    if (limit.burst != 0)
        object.addNumber(u"burst", qint64(limit.burst));
    object.addUnknown(limit.unknown);
    return object.json();
}

QByteArray writeBudget(const Budget &budget, int depth) {
    ObjectWriter object(depth);
    if (budget.tokens != 0)
        object.addNumber(u"tokens", budget.tokens);
    if (budget.money != 0)
        object.addNumber(u"money", budget.money);
    object.addText(u"per", wordOf(budget.per));
    if (budget.warnAt != Budget().warnAt)
        object.addNumber(u"warnAt", budget.warnAt);
    object.addUnknown(budget.unknown);
    return object.json();
}

} // namespace

void addRateLimits(ObjectWriter &object, const QList<RateLimit> &limits) {
    if (!limits.isEmpty())
        object.add(u"rateLimit", writeList(limits, object.innerDepth(), writeRateLimit));
}

void addBudget(ObjectWriter &object, const std::optional<Budget> &budget) {
    if (budget)
        object.add(u"budget", writeBudget(*budget, object.innerDepth()));
}

void addRules(ObjectWriter &object, const Rules &rules) {
    if (!rules.defaults.isEmpty())
        object.add(u"defaults", writeFields(rules.defaults, object.innerDepth()));
    if (!rules.overrides.isEmpty())
        object.add(u"overrides", writeFields(rules.overrides, object.innerDepth()));
    if (rules.prompt != PromptRule())
        object.add(u"prompt", writePrompt(rules.prompt, object.innerDepth()));
    if (rules.guard != Guard())
        object.add(u"guard", writeGuard(rules.guard, object.innerDepth()));
    addRateLimits(object, rules.rateLimit);
    addBudget(object, rules.budget);
}

} // namespace quaygate
