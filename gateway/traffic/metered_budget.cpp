#include "gateway/traffic/budgets.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

double shareOf(const Spent &spent, const Budget &budget) {
    const double tokens = budget.tokens > 0 ? double(spent.tokens) / double(budget.tokens) : 0;
    const double money = budget.money > 0 ? spent.dollars() / budget.money : 0;
    return std::max(tokens, money);
}

QString amount(const Budget &budget) {
    QStringList parts;
    if (budget.money > 0)
        parts.append(u"%1 US dollars"_s.arg(budget.money, 0, 'f', 2));
    if (budget.tokens > 0)
        parts.append(u"%1 tokens"_s.arg(budget.tokens));
    return parts.join(u" and "_s);
}

QString period(const Budget &budget) {
    return budget.per == Budget::Per::Day ? u"day"_s : u"month"_s;
}

} // namespace

MeteredBudget::MeteredBudget(BudgetOwner owner, QString name, const Budget &budget,
                             std::shared_ptr<Spending> spending)
    : m_owner(owner), m_name(std::move(name)), m_budget(budget), m_spending(std::move(spending)) {
}

MeteredBudget::Verdict MeteredBudget::mayGo(Time now) const {
    const double share = shareOf(spent(now), m_budget);
    if (share >= 1)
        return Verdict::Refused;
    return share >= m_budget.warnAt ? Verdict::Warn : Verdict::Ok;
}

MeteredBudget::Counted MeteredBudget::spend(const TokenUsage &usage, std::optional<double> cost,
                                            Time now) {
    Counted counted = Counted::Whole;
    if (m_budget.tokens > 0 && !(usage.input && usage.output))
        counted = Counted::Unknown;
    else if (m_budget.money > 0 && !cost)
        counted = Counted::Unpriced;
    m_spending->add({.tokens = usage.input.value_or(0) + usage.output.value_or(0),
                     .nanodollars = qint64(std::llround(cost.value_or(0) * 1e9)),
                     .unreckoned = counted == Counted::Whole ? 0 : 1},
                    now);
    return counted;
}

std::chrono::seconds MeteredBudget::wait(Time now) const {
    return std::max(std::chrono::seconds(1),
                    std::chrono::ceil<std::chrono::seconds>(m_spending->end(now) - now));
}

Error MeteredBudget::refusal(Time now) const {
    const auto end = m_spending->end(now).time_since_epoch();
    const QDateTime anew = QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(end).count());
    const QString who =
        m_owner == BudgetOwner::All ? u"The gateway has"_s : u"The %1 has"_s.arg(ownerInWords());
    return {
        ErrorCode::BudgetExceeded,
        u"%1 spent its budget of %2 a %3; it begins anew on %4. Raise the budget, or wait."_s.arg(
            who, amount(m_budget), period(m_budget),
            QLocale::c().toString(anew, u"d MMMM yyyy 'at' HH:mm"_s)),
        {}};
}

QString MeteredBudget::ownerInWords() const {
    switch (m_owner) {
    case BudgetOwner::ClientKey:
        return u"client key \"%1\""_s.arg(m_name);
    case BudgetOwner::Route:
        return u"route \"%1\""_s.arg(m_name);
    case BudgetOwner::All:
        break;
    }
    return u"all requests"_s;
}

QString MeteredBudget::inWords() const {
    return u"%1 may spend %2 a %3"_s.arg(m_owner == BudgetOwner::All ? u"all requests together"_s
                                                                     : u"the "_s + ownerInWords(),
                                         amount(m_budget), period(m_budget));
}

std::optional<RuleVerdict> verdictOf(const MeteredBudget &budget, MeteredBudget::Verdict verdict) {
    switch (verdict) {
    case MeteredBudget::Verdict::Refused:
        return RuleVerdict{u"budget"_s, u"refused"_s, budget.ownerInWords()};
    case MeteredBudget::Verdict::Warn:
        return RuleVerdict{u"budget"_s, u"warned"_s, budget.ownerInWords()};
    case MeteredBudget::Verdict::Ok:
        break;
    }
    return std::nullopt;
}

std::optional<RuleVerdict> verdictOf(const MeteredBudget &budget, MeteredBudget::Counted counted) {
    switch (counted) {
    case MeteredBudget::Counted::Unpriced:
        return RuleVerdict{u"budget"_s, u"unpriced"_s, budget.ownerInWords()};
    case MeteredBudget::Counted::Unknown:
        return RuleVerdict{u"budget"_s, u"uncounted"_s, budget.ownerInWords()};
    case MeteredBudget::Counted::Whole:
        break;
    }
    return std::nullopt;
}

} // namespace quaygate
