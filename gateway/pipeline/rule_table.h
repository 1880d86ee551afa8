#pragma once

#include "gateway/config/config.h"
#include "gateway/rules/client_key_ring.h"
#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/cors.h"
#include "gateway/rules/rate_meters.h"
#include "gateway/traffic/budgets.h"
#include "gateway/traffic/prices.h"

#include <QHash>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace quaygate {

/// The rules of a snapshot made ready for requests. Belongs to one worker's thread, where exchanges
/// share it until the last of them ends.
class RuleTable {
public:
    using Guards = std::vector<std::shared_ptr<const CompiledGuard>>;

    /// `meters` and `budgets` are shared by all workers.
    RuleTable(Snapshot snapshot, RateMeters &meters, Budgets &budgets);

    const Config &config() const { return *m_snapshot; }
    const ClientKeyRing &clientKeys() const { return m_clientKeys; }
    const Prices &prices() const { return m_prices; }
    const CorsRules &cors() const { return m_cors; }
    const MeteredConfig &rates() const { return *m_rates; }
    const BudgetedConfig &budgets() const { return *m_budgets; }
    /// Those of the rules that have one, in that order. ConfigInvalid.
    Result<Guards> guardsOf(std::span<const Rules *const> rules) const;
    bool keepsBodies(TrafficRecord::Clock::time_point now) const {
        return m_bodiesUntil && now < *m_bodiesUntil;
    }

private:
    void compile(const Rules &rules);

    Snapshot m_snapshot;
    ClientKeyRing m_clientKeys;
    Prices m_prices;
    CorsRules m_cors;
    std::shared_ptr<const MeteredConfig> m_rates;
    std::shared_ptr<const BudgetedConfig> m_budgets;
    QHash<const Rules *, Result<std::shared_ptr<const CompiledGuard>>> m_guards;
    std::optional<TrafficRecord::Clock::time_point> m_bodiesUntil;
};

} // namespace quaygate
