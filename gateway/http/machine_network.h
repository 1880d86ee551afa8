#pragma once

#include "gateway/http/upstream_target.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <atomic>
#include <memory>
#include <mutex>

namespace quaygate {

/// What is known of the network that this machine is in, as far as connections upstream depend on
/// it: told by whoever watches it, heeded by every `UpstreamClient` with its next request. Any
/// thread.
class MachineNetwork {
public:
    /// The proxies of the system's settings: by the origin ("https://host:port") of where a request
    /// goes, a proxy as in `UpstreamRequest`. What is not in it is reached directly.
    using Proxies = QHash<QByteArray, QString>;

    /// Another one than before: connections that were made until then may lead nowhere, and the
    /// proxies may be others. Costs a read.
    int edition() const { return m_edition.load(std::memory_order_acquire); }
    Proxies proxies() const;

    /// The machine has come into another network.
    void moved() { m_edition.fetch_add(1, std::memory_order_release); }
    void setProxies(const Proxies &proxies);

private:
    mutable std::mutex m_mutex;
    Proxies m_proxies;
    std::atomic<int> m_edition{0};
};

/// The network as one client knows it, who locks only after a change. One thread.
class KnownNetwork {
public:
    /// `network` may be null: then nothing ever changes.
    explicit KnownNetwork(std::shared_ptr<const MachineNetwork> network)
        : m_network(std::move(network)) {}

    /// True if something has changed since the last time.
    bool refresh();
    /// The proxy that counts for a request which names `own`; empty: none that is known here.
    QString proxyFor(const UpstreamTarget &target, const QString &own) const;

private:
    std::shared_ptr<const MachineNetwork> m_network;
    int m_edition = 0;
    MachineNetwork::Proxies m_proxies; ///< of that edition
};

} // namespace quaygate
