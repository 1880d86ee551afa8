#pragma once

#include "gateway/http/machine_network.h"

#include <QHostAddress>
#include <QObject>
#include <QThread>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace quaygate {

/// Tells a `MachineNetwork` when the machine comes into another network or the system's proxy
/// settings change. Lives on the GUI thread; asking the system, which may take a while, happens on
/// a thread of its own. Destroying it waits for a question that is being asked.
class NetworkWatch {
public:
    /// What the system is asked. For tests to answer; called on the watch's thread.
    struct System {
        std::function<QList<QHostAddress>()> addresses;
        /// The proxy for a URL, as in `UpstreamRequest`; empty: none.
        std::function<QString(const QUrl &)> proxy;
        /// Besides when the kernel tells of something.
        std::chrono::milliseconds every{15'000};

        static System real();
    };

    explicit NetworkWatch(std::shared_ptr<MachineNetwork> network, System system = System::real());
    ~NetworkWatch();
    NetworkWatch(const NetworkWatch &) = delete;
    NetworkWatch &operator=(const NetworkWatch &) = delete;

    /// Where requests go that leave this machine; the system is asked for their proxies at once.
    /// Nothing is watched before there is one.
    void setTargets(const QList<QUrl> &targets);

private:
    class Asking;
    QThread m_thread;
    Asking *m_asking; ///< lives on the thread
};

/// The key of a URL in `MachineNetwork::Proxies`; empty if no proxy can concern it.
QByteArray proxyKey(QByteArrayView url);

/// True if variables such as https_proxy are set: then they are heeded, and the system's settings
/// are not.
bool hasProxyVariables();

/// The system's proxy for a URL. May take long: it may be told by a script from the network. A name
/// and password in the settings are left out.
QString systemProxyFor(const QUrl &url);

/// A descriptor that becomes readable when an address of this machine comes or goes, and is to be
/// read empty then; -1 where there is no such thing.
int openAddressEvents();

} // namespace quaygate
