#include "ui/rules/budget_rows.h"

#include "gateway/config/ranges.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/segmented.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace quaygate {

BudgetRows::BudgetRows(QWidget *parent)
    : QObject(parent)
    , m_tokens(new MeasureField(wholeNumbers(budgetTokensRange), 0, tr("no limit"), parent))
    , m_money(new NumberField(moneyRange, tr("no limit"), parent))
    , m_per(new Segmented(tr("In each"), {tr("Day"), tr("Month")}, parent))
    , m_warnAt(new NumberField({0, 100}, tr("80"), parent))
    , m_tokensRow(new FormField(tr("Tokens"), m_tokens, parent))
    , m_moneyRow(new FormField(tr("US dollars"), m_money, parent))
    , m_perRow(new FormField(tr("In each"), m_per, parent))
    , m_warnAtRow(new FormField(tr("Warn from, in percent"), m_warnAt, parent)) {
    m_tokens->setObjectName(u"budgetTokens"_s);
    m_money->setObjectName(u"budgetMoney"_s);
    m_per->setObjectName(u"budgetPer"_s);
    m_warnAt->setObjectName(u"budgetWarnAt"_s);
    m_perRow->setHint(tr("Of the calendar, in local time."));
    m_moneyRow->setHint(tr("What has no known price does not count."));
}

void BudgetRows::setBudget(const std::optional<Budget> &budget) {
    m_original = budget.value_or(Budget());
    m_tokens->setValue(m_original.tokens);
    m_money->setValue(m_original.money == 0 ? std::nullopt : std::optional(m_original.money));
    m_per->setCurrent(m_original.per == Budget::Per::Day ? 0 : 1);
    const bool isUsual = m_original.warnAt == Budget().warnAt;
    m_warnAt->setValue(isUsual ? std::nullopt : std::optional(m_original.warnAt * 100));
}

std::optional<Budget> BudgetRows::budget() const {
    Budget budget = m_original; // keeps what this version does not know
    budget.tokens = m_tokens->value();
    budget.money = m_money->value().value_or(0);
    budget.per = m_per->current() == 0 ? Budget::Per::Day : Budget::Per::Month;
    const std::optional<double> percent = m_warnAt->value();
    if (!percent)
        budget.warnAt = Budget().warnAt;
    else if (*percent != m_original.warnAt * 100) // which is not always exact
        budget.warnAt = *percent / 100;
    return budget.tokens == 0 && budget.money == 0 ? std::nullopt : std::optional(budget);
}

QString summaryOf(const std::optional<Budget> &budget) {
    if (!budget)
        return {};
    const QLocale english(QLocale::English);
    QStringList parts;
    if (budget->tokens > 0)
        parts.append(BudgetRows::tr("%1 tokens").arg(english.toString(budget->tokens)));
    if (budget->money > 0)
        parts.append(u'$' + english.toString(budget->money, 'f', QLocale::FloatingPointShortest));
    return parts.join(BudgetRows::tr(" and ")) + (budget->per == Budget::Per::Day
                                                      ? BudgetRows::tr(" a day")
                                                      : BudgetRows::tr(" a month"));
}

} // namespace quaygate
