#pragma once

#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/http/upstream_client.h"
#include "gateway/pipeline/access.h"
#include "gateway/pipeline/credentials.h"
#include "gateway/pipeline/learned_apis.h"

#include <memory>
#include <unordered_map>

namespace quaygate {

class Forwarding;
class RoutingTable;
struct Routed;

/// The way of a request on one worker: access, router, forwarder. Lives on the worker's thread.
class Pipeline {
public:
    explicit Pipeline(Credentials::Source secrets);
    ~Pipeline();
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    /// For exchanges that start from now on.
    void setSnapshot(Snapshot snapshot);
    void setAccess(AccessRules rules) { m_access = std::move(rules); }
    void forgetSecrets() { m_credentials.forget(); }
    LearnedApis &learned() { return m_learned; }

    /// Takes an exchange and answers it.
    void handle(ExchangePtr exchange);

private:
    void forward(ExchangePtr exchange, Routed routed);
    void handleMessages(ExchangePtr exchange, Routed routed);

    std::shared_ptr<const RoutingTable> m_table;
    AccessRules m_access;
    Credentials m_credentials;
    LearnedApis m_learned;
    UpstreamClient m_upstream;
    std::unordered_map<Forwarding *, std::unique_ptr<Forwarding>> m_active;
};

} // namespace quaygate
