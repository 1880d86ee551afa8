#pragma once

#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/http/upstream_client.h"
#include "gateway/pipeline/access.h"
#include "gateway/pipeline/affinity.h"
#include "gateway/pipeline/backend_health.h"
#include "gateway/pipeline/credentials.h"
#include "gateway/pipeline/learned_apis.h"
#include "gateway/pipeline/recorded_exchange.h"
#include "gateway/rules/learned_parameters.h"
#include "gateway/rules/rate_meters.h"
#include "gateway/traffic/budgets.h"

#include <memory>
#include <random>
#include <unordered_map>

namespace quaygate {

class Forwarding;
class RoutingTable;
class RuleTable;
struct Admitted;

/// What all workers of a gateway share.
struct PipelineShared {
    std::shared_ptr<HealthBoard> board = std::make_shared<HealthBoard>();
    std::shared_ptr<RateMeters> meters = std::make_shared<RateMeters>();
    std::shared_ptr<Budgets> budgets = std::make_shared<Budgets>();
    /// What GET /metrics tells, as far as it is switched on; any thread.
    std::function<QByteArray()> metrics = [] { return QByteArray(); };
    std::shared_ptr<MachineNetwork> network = std::make_shared<MachineNetwork>();
    TrafficSink sink = [](const auto &) {}; ///< gets the record of each exchange
};

/// The way of a request on one worker: access, router, forwarder. Lives on the worker's thread.
class Pipeline {
public:
    using Shared = PipelineShared;

    explicit Pipeline(Credentials::Source secrets, Shared shared = {});
    ~Pipeline();
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    /// For exchanges that start from now on.
    void setSnapshot(const Snapshot &snapshot);
    void setAccess(AccessRules rules) { m_access = std::move(rules); }
    void forgetSecrets() { m_credentials.forget(); }
    LearnedApis &learned() { return m_learned; }
    LearnedParameters &parameters() { return m_parameters; }
    ServedBy &servedBy() { return m_servedBy; }

    /// Takes an exchange and answers it.
    void handle(ExchangePtr exchange);

private:
    void forward(Admitted admitted);

    std::shared_ptr<const RoutingTable> m_table;
    std::shared_ptr<const RuleTable> m_rules;
    Shared m_shared;
    AccessRules m_access;
    Credentials m_credentials;
    LearnedApis m_learned;
    LearnedParameters m_parameters;
    ServedBy m_servedBy;
    std::minstd_rand m_random;
    UpstreamClient m_upstream{m_shared.network};
    std::unordered_map<Forwarding *, std::unique_ptr<Forwarding>> m_active;
};

} // namespace quaygate
