#include "gateway/network_watch.h"

#include "gateway/http/upstream_target.h"

#include <QNetworkInterface>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// A change comes as a handful of events.
constexpr auto settleTime = 300ms;

} // namespace

class NetworkWatch::Asking : public QObject {
public:
    Asking(std::shared_ptr<MachineNetwork> network, System system)
        : m_network(std::move(network)), m_system(std::move(system)) {}
    ~Asking() override {
#ifndef Q_OS_WIN
        m_notifier.reset();
        if (m_events >= 0)
            ::close(m_events);
#endif
    }

    void start() {
        m_addresses = addresses();
        m_settling.setSingleShot(true);
        m_settling.setInterval(settleTime);
        connect(&m_settling, &QTimer::timeout, this, &Asking::look);
        connect(&m_regular, &QTimer::timeout, this, &Asking::look);
        m_regular.start(m_system.every);
#ifndef Q_OS_WIN
        m_events = openAddressEvents();
        if (m_events < 0)
            return; // the timer sees it too, later
        m_notifier = std::make_unique<QSocketNotifier>(m_events, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            char dropped[4096];
            while (::read(m_events, dropped, sizeof dropped) > 0) {
            }
            m_settling.start();
        });
#endif
    }

    void setTargets(const QList<QUrl> &targets) {
        if (targets == m_targets)
            return;
        m_targets = targets;
        askProxies();
    }

private:
    QSet<QHostAddress> addresses() const {
        const QList<QHostAddress> list = m_system.addresses();
        return {list.begin(), list.end()};
    }

    void look() {
        if (const auto now = addresses(); now != m_addresses) {
            m_addresses = now;
            m_network->moved();
        }
        askProxies();
    }

    void askProxies() {
        MachineNetwork::Proxies proxies;
        for (const QUrl &target : std::as_const(m_targets)) {
            if (const QString proxy = m_system.proxy(target); !proxy.isEmpty())
                proxies.insert(proxyKey(target.toEncoded()), proxy);
        }
        m_network->setProxies(proxies);
    }

    std::shared_ptr<MachineNetwork> m_network;
    System m_system;
    QList<QUrl> m_targets;
    QSet<QHostAddress> m_addresses;
    QTimer m_settling{this};
    QTimer m_regular{this};
    int m_events = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

NetworkWatch::System NetworkWatch::System::real() {
    return {[] { return QNetworkInterface::allAddresses(); }, systemProxyFor};
}

NetworkWatch::NetworkWatch(std::shared_ptr<MachineNetwork> network, System system)
    : m_asking(new Asking(std::move(network), std::move(system))) {
    m_thread.setObjectName(u"network watch"_s);
    m_asking->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_asking, &QObject::deleteLater);
}

NetworkWatch::~NetworkWatch() {
    if (m_thread.isRunning()) {
        m_thread.quit();
        m_thread.wait(); // deletes it
    } else {
        delete m_asking;
    }
}

void NetworkWatch::setTargets(const QList<QUrl> &targets) {
    if (!m_thread.isRunning()) {
        if (targets.isEmpty())
            return; // what is on this machine is there in any network
        m_thread.start();
        QMetaObject::invokeMethod(m_asking, &Asking::start, Qt::QueuedConnection);
    }
    QMetaObject::invokeMethod(
        m_asking, [asking = m_asking, targets] { asking->setTargets(targets); },
        Qt::QueuedConnection);
}

QByteArray proxyKey(QByteArrayView url) {
    const auto target = upstreamTarget(url);
    if (!target || target->isLocal())
        return {};
    return target->origin();
}

} // namespace quaygate
