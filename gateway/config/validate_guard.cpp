#include "gateway/config/checks.h"
#include "gateway/config/guard_pattern.h"
#include "gateway/config/validate_rules.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

void checkRule(const QString &place, const GuardRule &rule, Findings &findings) {
    if (rule.patterns.isEmpty() && rule.builtins.isEmpty())
        findings.add(place,
                     u"This rule looks for nothing: give it \"patterns\" or \"builtins\"."_s);
    for (qsizetype i = 0; i < rule.patterns.size(); ++i)
        findings.addUnlessEmpty(u"%1/patterns/%2"_s.arg(place, QString::number(i)),
                                guardPatternProblem(rule.patterns[i]));
    checkNumber(place + u"/status"_s, rule.status, errorStatusRange, findings);
}

} // namespace

void checkGuard(const Guard &guard, Findings &findings) {
    for (qsizetype i = 0; i < guard.request.size(); ++i)
        checkRule(u"/request/%1"_s.arg(i), guard.request[i], findings);
    for (qsizetype i = 0; i < guard.response.size(); ++i)
        checkRule(u"/response/%1"_s.arg(i), guard.response[i], findings);
}

} // namespace quaygate
