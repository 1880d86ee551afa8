#include "gateway/pipeline/rule_table.h"

#include <QDateTime>

namespace quaygate {

namespace {

std::optional<TrafficRecord::Clock::time_point> timeOf(const QString &text) {
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    return TrafficRecord::Clock::time_point(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

RuleTable::RuleTable(Snapshot snapshot, RateMeters &meters, Budgets &budgets)
    : m_snapshot(std::move(snapshot))
    , m_clientKeys(m_snapshot->clientKeys)
    , m_prices(m_snapshot->prices)
    , m_cors(m_snapshot->gateway.cors)
    , m_rates(meters.of(m_snapshot))
    , m_budgets(budgets.of(m_snapshot))
    , m_bodiesUntil(timeOf(m_snapshot->gateway.traffic.bodiesUntil)) {
    for (const Route &route : m_snapshot->routes)
        compile(route.rules);
    for (const ClientKey &key : m_snapshot->clientKeys)
        compile(key.rules);
}

void RuleTable::compile(const Rules &rules) {
    if (!rules.guard.isEmpty())
        m_guards.insert(&rules, compileGuard(rules.guard));
}

Result<RuleTable::Guards> RuleTable::guardsOf(std::span<const Rules *const> rules) const {
    Guards guards;
    for (const Rules *one : rules) {
        const auto found = m_guards.constFind(one);
        if (found == m_guards.constEnd())
            continue;
        if (!found->ok())
            return found->error(); // what cannot be guarded does not pass
        guards.push_back(**found);
    }
    return guards;
}

} // namespace quaygate
