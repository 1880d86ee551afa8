#pragma once

#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/http/upstream_client.h"
#include "gateway/pipeline/credentials.h"
#include "gateway/pipeline/routing_table.h"

#include <functional>
#include <memory>

namespace quaygate {

/// One exchange on its way through a backend: fetches the key, sends the request, streams the
/// answer back as it comes, and cancels upstream as soon as the client leaves. Lives on its
/// worker's thread; destroying it cancels upstream and, if the answer has not ended, cuts the
/// client.
class Forwarding {
public:
    /// What a Forwarding works with; all of it outlives it.
    struct Means {
        Credentials &credentials;
        UpstreamClient &upstream;
    };

    /// `table` is the one that `routed` points into.
    Forwarding(ExchangePtr exchange, std::shared_ptr<const RoutingTable> table, Routed routed,
               Means means);
    ~Forwarding();
    Forwarding(const Forwarding &) = delete;
    Forwarding &operator=(const Forwarding &) = delete;

    /// `onDone` is called once, when nothing more will happen; it may destroy the Forwarding.
    void start(std::function<void()> onDone);

private:
    void send(const Result<Secret> &secret);
    void onHead(int status, const HeaderList &headers);
    void onEnd(const std::optional<UpstreamFailure> &failure);
    void fail(const Error &error);
    void done();

    ExchangePtr m_exchange;
    std::shared_ptr<const RoutingTable> m_table; ///< kept for what `m_routed` points to
    Routed m_routed;
    Means m_means;
    std::function<void()> m_onDone;
    std::unique_ptr<UpstreamCall> m_call;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace quaygate
