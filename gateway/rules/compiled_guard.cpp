#include "gateway/rules/compiled_guard.h"

#include "gateway/rules/email_matcher.h"
#include "gateway/rules/number_matchers.h"
#include "gateway/rules/pattern_matcher.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Builtin {
    GuardBuiltin builtin;
    const char *name; ///< as in the configuration
    const char *placeholder;
    std::shared_ptr<const TextMatcher> (*make)();
};

template<typename Matcher>
std::shared_ptr<const TextMatcher> make() {
    return std::make_shared<Matcher>();
}

/// The longest numbers first, so that none is taken for a part of another.
constexpr Builtin builtins[] = {
    {GuardBuiltin::CreditCard, "creditCard", "<CREDIT_CARD>", make<CardMatcher>},
    {GuardBuiltin::Ssn, "ssn", "<SSN>", make<SsnMatcher>},
    {GuardBuiltin::CaSin, "caSin", "<CA_SIN>", make<SinMatcher>},
    {GuardBuiltin::Phone, "phone", "<PHONE_NUMBER>", make<PhoneMatcher>},
    {GuardBuiltin::Email, "email", "<EMAIL_ADDRESS>", make<EmailMatcher>},
};

GuardRejection rejectionOf(const GuardRule &rule, bool ofRequest) {
    if (!rule.message.isEmpty())
        return {rule.status, rule.message};
    return {rule.status, ofRequest
                             ? u"The request holds something that a guard of this gateway does "
                               "not let through; remove it and send the request again."_s
                             : u"The answer held something that a guard of this gateway does "
                               "not let through."_s};
}

Result<GuardSteps> compileRules(const QList<GuardRule> &rules, bool ofRequest) {
    GuardSteps steps;
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const GuardRule &rule = rules[i];
        const QString prefix = rules.size() > 1 ? u"rule %1, "_s.arg(i + 1) : QString();
        std::optional<GuardRejection> rejection;
        if (rule.action == GuardRule::Action::Reject)
            rejection = rejectionOf(rule, ofRequest);
        for (qsizetype k = 0; k < rule.patterns.size(); ++k) {
            Result<std::shared_ptr<const TextMatcher>> pattern = compilePattern(rule.patterns[k]);
            if (!pattern)
                return pattern.error();
            steps.push_back({*pattern, prefix + u"pattern %1"_s.arg(k + 1), "<MASKED>", rejection});
        }
        for (const Builtin &row : builtins) {
            if (rule.builtins.contains(row.builtin))
                steps.push_back({row.make(), prefix + QString::fromLatin1(row.name),
                                 row.placeholder, rejection});
        }
    }
    return steps;
}

} // namespace

Result<std::shared_ptr<const CompiledGuard>> compileGuard(const Guard &guard) {
    Result<GuardSteps> request = compileRules(guard.request, true);
    if (!request)
        return request.error();
    Result<GuardSteps> response = compileRules(guard.response, false);
    if (!response)
        return response.error();
    return std::shared_ptr<const CompiledGuard>(std::make_shared<CompiledGuard>(
        CompiledGuard{std::move(request).value(), std::move(response).value(), guard.streaming}));
}

GuardSteps requestSteps(const std::vector<std::shared_ptr<const CompiledGuard>> &guards) {
    GuardSteps steps;
    for (const auto &guard : guards)
        steps.insert(steps.end(), guard->request.begin(), guard->request.end());
    return steps;
}

GuardSteps responseSteps(const std::vector<std::shared_ptr<const CompiledGuard>> &guards,
                         bool forStream) {
    GuardSteps steps;
    for (const auto &guard : guards) {
        if (guard->streaming || !forStream)
            steps.insert(steps.end(), guard->response.begin(), guard->response.end());
    }
    return steps;
}

} // namespace quaygate
