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

#include <memory>
#include <random>
#include <unordered_map>

namespace quaygate {

class Forwarding;
class RoutingTable;
class RuleTable;
struct Admitted;

/// The way of a request on one worker: access, router, forwarder. Lives on the worker's thread.
class Pipeline {
public:
    /// `board` is shared by all workers of a gateway; `sink` gets the record of each exchange.
    explicit Pipeline(
        Credentials::Source secrets,
        std::shared_ptr<HealthBoard> board = std::make_shared<HealthBoard>(),
        TrafficSink sink = [](const TrafficRecord &) {});
    ~Pipeline();
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    /// For exchanges that start from now on.
    void setSnapshot(const Snapshot &snapshot);
    void setAccess(AccessRules rules) { m_access = std::move(rules); }
    void forgetSecrets() { m_credentials.forget(); }
    LearnedApis &learned() { return m_learned; }
    ServedBy &servedBy() { return m_servedBy; }

    /// Takes an exchange and answers it.
    void handle(ExchangePtr exchange);

private:
    void forward(Admitted admitted);

    std::shared_ptr<const RoutingTable> m_table;
    std::shared_ptr<const RuleTable> m_rules;
    std::shared_ptr<HealthBoard> m_board;
    TrafficSink m_sink;
    AccessRules m_access;
    Credentials m_credentials;
    LearnedApis m_learned;
    ServedBy m_servedBy;
    std::minstd_rand m_random;
    UpstreamClient m_upstream;
    std::unordered_map<Forwarding *, std::unique_ptr<Forwarding>> m_active;
};

} // namespace quaygate
