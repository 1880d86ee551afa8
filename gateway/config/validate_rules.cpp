#include "gateway/config/validate_rules.h"

#include "gateway/config/checks.h"
#include "gateway/config/object_reader.h"
#include "gateway/json/json_text.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString fieldNameProblem(const QString &name) {
    if (name.isEmpty())
        return u"A field of the body needs a name, such as temperature."_s;
    if (name == "model"_L1)
        return u"The model cannot be set here: it has chosen the route and the backend already. "
               u"Use "
               "the model aliases to serve another one."_s;
    if (name == "stream"_L1)
        return u"Whether the answer is a stream cannot be set here: the client reads the answer as "
               "what it asked for."_s;
    return {};
}

void checkFields(const QString &place, const QList<BodyField> &fields, Findings &findings) {
    QSet<QString> seen;
    for (const BodyField &field : fields) {
        const QString pointer = memberPointer(place, field.name.toUtf8());
        findings.addUnlessEmpty(pointer, fieldNameProblem(field.name));
        if (const json::Parsed value = json::parse(field.json); !value.ok)
            findings.add(pointer,
                         u"The value is not JSON: column %1: %2. A text stands in double "
                         "quotes."_s.arg(QString::number(value.error.column), value.error.message));
        if (seen.contains(field.name))
            findings.add(pointer, u"“%1” stands twice; remove one."_s.arg(field.name));
        seen.insert(field.name);
    }
}

void checkMessages(const QString &place, const QList<PromptMessage> &messages, Findings &findings) {
    static const QStringList roles{u"system"_s, u"developer"_s, u"user"_s, u"assistant"_s};
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QString pointer = u"%1/%2"_s.arg(place, QString::number(i));
        if (!roles.contains(messages[i].role))
            findings.add(pointer + u"/role"_s, u"\"role\" must be \"system\", \"developer\", "
                                               "\"user\" or \"assistant\"."_s);
        if (messages[i].content.isEmpty())
            findings.add(pointer + u"/content"_s,
                         u"The message is empty: write its text, or remove it."_s);
    }
}

void checkRateLimit(const QString &pointer, const RateLimit &limit, Findings &findings) {
    checkNumber(pointer + u"/requests"_s, limit.requests, rateRange, findings);
    checkNumber(pointer + u"/tokens"_s, limit.tokens, rateRange, findings);
    checkNumber(pointer + u"/burst"_s, limit.burst, rateRange, findings);
    if ((limit.requests > 0) == (limit.tokens > 0))
        findings.add(pointer,
                     u"A limit counts either \"requests\" or \"tokens\": give one of them, "
                     "more than 0, and add another limit for the other."_s);
}

} // namespace

void checkRateLimits(const QList<RateLimit> &limits, Findings &findings) {
    for (qsizetype i = 0; i < limits.size(); ++i)
        checkRateLimit(u"/rateLimit/%1"_s.arg(i), limits[i], findings);
}

void checkBudget(const std::optional<Budget> &budget, Findings &findings) {
    if (!budget)
        return;
    checkNumber(u"/budget/tokens"_s, budget->tokens, budgetTokensRange, findings);
    checkNumber(u"/budget/money"_s, budget->money, moneyRange, findings);
    checkNumber(u"/budget/warnAt"_s, budget->warnAt, shareRange, findings);
    if (budget->tokens == 0 && budget->money == 0)
        findings.add(u"/budget"_s,
                     u"A budget needs \"tokens\" or \"money\", more than 0; leave the "
                     "budget out if there is none."_s);
}

void checkRules(const Rules &rules, Findings &findings) {
    checkFields(u"/defaults"_s, rules.defaults, findings);
    checkFields(u"/overrides"_s, rules.overrides, findings);
    checkMessages(u"/prompt/prepend"_s, rules.prompt.prepend, findings);
    checkMessages(u"/prompt/append"_s, rules.prompt.append, findings);
    Findings guard;
    checkGuard(rules.guard, guard);
    findings.addBelow(u"/guard"_s, guard.problems());
    checkRateLimits(rules.rateLimit, findings);
    checkBudget(rules.budget, findings);
}

} // namespace quaygate
