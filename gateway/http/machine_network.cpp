#include "gateway/http/machine_network.h"

namespace quaygate {

MachineNetwork::Proxies MachineNetwork::proxies() const {
    const std::lock_guard lock(m_mutex);
    return m_proxies;
}

void MachineNetwork::setProxies(const Proxies &proxies) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_proxies == proxies)
            return;
        m_proxies = proxies;
    }
    moved();
}

bool KnownNetwork::refresh() {
    if (!m_network || m_network->edition() == m_edition)
        return false;
    m_edition = m_network->edition();
    m_proxies = m_network->proxies();
    return true;
}

QString KnownNetwork::proxyFor(const UpstreamTarget &target, const QString &own) const {
    if (!own.isEmpty() || m_proxies.isEmpty() || target.isLocal())
        return own;
    return m_proxies.value(target.origin());
}

} // namespace quaygate
