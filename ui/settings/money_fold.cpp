#include "ui/rules/budget_rows.h"
#include "ui/settings/prices_field.h"
#include "ui/settings/settings_folds.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

MoneyFold::MoneyFold(QWidget *parent)
    : SettingsFold(tr("Budget and prices"), u"money"_s, parent)
    , m_budget(new BudgetRows(contents()))
    , m_prices(new PricesField(contents())) {
    addCaption(tr("Budget of all requests together"));
    addPair(m_budget->tokens(), m_budget->money());
    addPair(m_budget->per(), m_budget->warnAt());
    column()->addWidget(m_prices);
    watch(m_budget->tokens(), u"/gateway/budget"_s);
    watch(m_budget->money(), u"/gateway/budget/money"_s);
    watch(m_budget->per(), u"/gateway/budget/per"_s);
    watch(m_budget->warnAt(), u"/gateway/budget/warnAt"_s);
    watch(m_prices, u"/prices"_s);
}

void MoneyFold::fill(const Settings &settings) {
    m_budget->setBudget(settings.gateway.budget);
    m_prices->setPrices(settings.prices);
}

void MoneyFold::apply(Settings &settings) const {
    settings.gateway.budget = m_budget->budget();
    settings.prices = m_prices->prices();
}

void MoneyFold::summarise(const Settings &settings) {
    QStringList parts;
    if (settings.gateway.budget)
        parts.append(summaryOf(settings.gateway.budget));
    if (!settings.prices.isEmpty())
        parts.append(tr("prices: %1").arg(settings.prices.size()));
    setSummary(parts.isEmpty() ? tr("no budget") : parts.join(u" · "_s));
}

} // namespace quaygate
