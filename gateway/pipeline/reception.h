#pragma once

#include "gateway/pipeline/access.h"
#include "gateway/pipeline/recorded_exchange.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/pipeline/rule_table.h"

#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

/// A request that may go to a backend.
struct Admitted {
    std::shared_ptr<RecordedExchange> recorded;
    ExchangePtr client; ///< `recorded`, or what stands on it
    Routed routed;
};

/// What a worker judges requests by.
struct ReceptionRules {
    const AccessRules &access;
    const RoutingTable &table;
    std::shared_ptr<const RuleTable> rules;
    const std::function<QByteArray()> &metrics;
};

/// Judges a request by everything that comes before a backend: Host and Origin, client key, route,
/// permission, and what else the rules say, in the order of docs/rules.md. Nothing: it has been
/// answered.
std::optional<Admitted> receive(std::shared_ptr<RecordedExchange> recorded,
                                const ReceptionRules &rules);

} // namespace quaygate
