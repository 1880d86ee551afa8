#include "gateway/traffic/budgets.h"

#include <utility>

namespace quaygate {

MeteredBudgetPtr BudgetedConfig::of(BudgetOwner owner, const QString &name) const {
    return m_budgets.value({int(owner), name});
}

std::vector<MeteredBudgetPtr> BudgetedConfig::all() const {
    return {m_budgets.begin(), m_budgets.end()};
}

Budgets::Budgets(Spending::Zone zone) : m_zone(std::move(zone)) {
}

std::shared_ptr<const BudgetedConfig> Budgets::of(const Snapshot &snapshot) {
    std::shared_ptr<const BudgetedConfig> made;
    std::function<void()> onAdded;
    {
        const std::lock_guard lock(m_mutex);
        if (m_config && snapshot == m_snapshot)
            return m_config;
        auto config = std::make_shared<BudgetedConfig>();
        m_added = false;
        add(*config, BudgetOwner::All, {}, snapshot->gateway.budget);
        for (const Route &route : snapshot->routes)
            add(*config, BudgetOwner::Route, route.name, route.rules.budget);
        for (const ClientKey &key : snapshot->clientKeys)
            add(*config, BudgetOwner::ClientKey, key.name, key.rules.budget);
        m_snapshot = snapshot;
        m_config = config; // keeps what both have until here, and lets the rest go
        std::erase_if(m_known, [](const auto &known) { return known.second.expired(); });
        made = config;
        if (m_added)
            onAdded = m_onAdded;
    }
    if (onAdded)
        onAdded();
    return made;
}

void Budgets::add(BudgetedConfig &config, BudgetOwner owner, const QString &name,
                  const std::optional<Budget> &budget) {
    if (budget)
        config.m_budgets.insert({int(owner), name},
                                std::make_shared<MeteredBudget>(
                                    owner, name, *budget, spendingOf({owner, name, budget->per})));
}

std::shared_ptr<Spending> Budgets::spendingOf(const Key &key) {
    std::weak_ptr<Spending> &known = m_known[key];
    if (auto spending = known.lock())
        return spending;
    auto spending = std::make_shared<Spending>(key.per, m_zone);
    known = spending;
    m_added = true;
    return spending;
}

std::vector<std::pair<Budgets::Key, std::shared_ptr<Spending>>> Budgets::spendings() const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::pair<Key, std::shared_ptr<Spending>>> all;
    for (const auto &[key, known] : m_known) {
        if (auto spending = known.lock())
            all.emplace_back(key, std::move(spending));
    }
    return all;
}

void Budgets::onAdded(std::function<void()> call) {
    const std::lock_guard lock(m_mutex);
    m_onAdded = std::move(call);
}

} // namespace quaygate
