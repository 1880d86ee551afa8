#include "ui/rules/rules_fold.h"

#include "ui/rules/budget_rows.h"
#include "ui/rules/guard_rules_field.h"
#include "ui/rules/messages_field.h"
#include "ui/rules/rate_limits_field.h"
#include "ui/widgets/pairs_field.h"

#include <QBoxLayout>
#include <QCheckBox>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString counted(const QString &what, qsizetype count) {
    return u"%1: %2"_s.arg(what).arg(count);
}

void setFields(PairsField &table, const QList<BodyField> &fields) {
    QList<TextPair> pairs;
    for (const BodyField &field : fields)
        pairs.append({field.name, QString::fromUtf8(field.json)});
    table.setPairs(pairs);
}

QList<BodyField> fieldsOf(const PairsField &table) {
    QList<BodyField> fields;
    for (const TextPair &pair : table.pairs())
        fields.append({pair.name, pair.value.trimmed().toUtf8()});
    return fields;
}

} // namespace

void RulesFold::setParts(const QStringList &parts) {
    setSummary(parts.isEmpty() ? tr("none") : parts.join(u" · "_s));
}

BodyFold::BodyFold(QWidget *parent)
    : RulesFold(tr("Fields of the request"), u"bodyRules"_s, parent)
    , m_defaults(new PairsField({tr("Defaults"), tr("Default"), tr("Field"), tr("Value as JSON"),
                                 tr("Add a default"), u"default"_s, u"/defaults"_s},
                                contents()))
    , m_overrides(new PairsField({tr("Overrides"), tr("Override"), tr("Field"), tr("Value as JSON"),
                                  tr("Add an override"), u"override"_s, u"/overrides"_s},
                                 contents())) {
    m_defaults->setHint(tr("Set where the client leaves them out, as in temperature and 0.2. A "
                           "text stands in double quotes."));
    m_overrides->setHint(tr("Set whatever the client says."));
    column()->addWidget(m_defaults);
    column()->addWidget(m_overrides);
    watch(m_defaults, u"/defaults"_s);
    watch(m_overrides, u"/overrides"_s);
}

void BodyFold::fill(const Rules &rules) {
    setFields(*m_defaults, rules.defaults);
    setFields(*m_overrides, rules.overrides);
}

void BodyFold::apply(Rules &rules) const {
    rules.defaults = fieldsOf(*m_defaults);
    rules.overrides = fieldsOf(*m_overrides);
}

void BodyFold::summarise(const Rules &rules) {
    QStringList parts;
    if (!rules.defaults.isEmpty())
        parts.append(counted(tr("defaults"), rules.defaults.size()));
    if (!rules.overrides.isEmpty())
        parts.append(counted(tr("overrides"), rules.overrides.size()));
    setParts(parts);
}

PromptFold::PromptFold(QWidget *parent)
    : RulesFold(tr("Prompt"), u"promptRules"_s, parent)
    , m_prepend(new MessagesField({tr("Before the client's messages"), tr("Message before"),
                                   tr("Add a message"), u"prepend"_s, u"/prompt/prepend"_s},
                                  contents()))
    , m_append(new MessagesField({tr("After the client's messages"), tr("Message after"),
                                  tr("Add a message"), u"append"_s, u"/prompt/append"_s},
                                 contents())) {
    m_append->setHint(tr("For chat completions, responses and Anthropic's messages alike."));
    column()->addWidget(m_prepend);
    column()->addWidget(m_append);
    watch(m_prepend, u"/prompt/prepend"_s);
    watch(m_append, u"/prompt/append"_s);
}

void PromptFold::fill(const Rules &rules) {
    m_prepend->setMessages(rules.prompt.prepend);
    m_append->setMessages(rules.prompt.append);
}

void PromptFold::apply(Rules &rules) const {
    rules.prompt.prepend = m_prepend->messages();
    rules.prompt.append = m_append->messages();
}

void PromptFold::summarise(const Rules &rules) {
    QStringList parts;
    if (!rules.prompt.prepend.isEmpty())
        parts.append(counted(tr("before"), rules.prompt.prepend.size()));
    if (!rules.prompt.append.isEmpty())
        parts.append(counted(tr("after"), rules.prompt.append.size()));
    setParts(parts);
}

GuardFold::GuardFold(QWidget *parent)
    : RulesFold(tr("Guards"), u"guardRules"_s, parent)
    , m_request(new GuardRulesField({tr("In requests"), tr("Guard of requests"), tr("Add a guard"),
                                     u"guardRequest"_s, u"/guard/request"_s},
                                    contents()))
    , m_response(new GuardRulesField({tr("In answers"), tr("Guard of answers"), tr("Add a guard"),
                                      u"guardResponse"_s, u"/guard/response"_s},
                                     contents()))
    , m_streaming(new QCheckBox(tr("Guard answers that are streamed too"), contents())) {
    column()->addWidget(m_request);
    column()->addWidget(m_response);
    watch(m_request, u"/guard/request"_s);
    watch(m_response, u"/guard/response"_s);
    addRow(tr("Streams"), m_streaming, u"/guard/streaming"_s, u"guardStreaming"_s,
           tr("What may still become a match is held back for a moment."));
    m_streaming->setAccessibleName(m_streaming->text());
}

void GuardFold::fill(const Rules &rules) {
    m_request->setRules(rules.guard.request);
    m_response->setRules(rules.guard.response);
    m_streaming->setChecked(rules.guard.streaming);
}

void GuardFold::apply(Rules &rules) const {
    rules.guard.request = m_request->rules();
    rules.guard.response = m_response->rules();
    rules.guard.streaming = m_streaming->isChecked();
}

void GuardFold::summarise(const Rules &rules) {
    QStringList parts;
    if (!rules.guard.request.isEmpty())
        parts.append(counted(tr("requests"), rules.guard.request.size()));
    if (!rules.guard.response.isEmpty())
        parts.append(counted(tr("answers"), rules.guard.response.size()));
    setParts(parts);
}

SpendingFold::SpendingFold(QWidget *parent)
    : RulesFold(tr("Limits and budget"), u"spendingRules"_s, parent)
    , m_limits(new RateLimitsField(contents()))
    , m_budget(new BudgetRows(contents())) {
    column()->addWidget(m_limits);
    watch(m_limits, u"/rateLimit"_s);
    addCaption(tr("Budget"));
    addPair(m_budget->tokens(), m_budget->money());
    addPair(m_budget->per(), m_budget->warnAt());
    watch(m_budget->tokens(), u"/budget"_s);
    watch(m_budget->money(), u"/budget/money"_s);
    watch(m_budget->per(), u"/budget/per"_s);
    watch(m_budget->warnAt(), u"/budget/warnAt"_s);
}

void SpendingFold::fill(const Rules &rules) {
    m_limits->setLimits(rules.rateLimit);
    m_budget->setBudget(rules.budget);
}

void SpendingFold::apply(Rules &rules) const {
    rules.rateLimit = m_limits->limits();
    rules.budget = m_budget->budget();
}

void SpendingFold::summarise(const Rules &rules) {
    QStringList parts;
    if (!rules.rateLimit.isEmpty())
        parts.append(counted(tr("limits"), rules.rateLimit.size()));
    if (rules.budget)
        parts.append(summaryOf(rules.budget));
    setParts(parts);
}

} // namespace quaygate
