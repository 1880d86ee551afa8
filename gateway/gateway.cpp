#include "gateway/gateway.h"

#include "gateway/azure/token_identity.h"
#include "gateway/signin/token_service.h"
#include "gateway/simulator/simulator.h"
#include "gateway/worker.h"

#include <QThread>

#ifdef Q_OS_LINUX
#include "gateway/http/epoll_dispatcher.h"
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// What `stop` gives to exchanges in flight.
constexpr auto drainTime = 5s;

QList<SimulatedDeployment> simulatedDeployments(const Config &config) {
    QList<SimulatedDeployment> deployments = SimulatorSettings::demoDeployments();
    for (const Backend &backend : config.backends) {
        const bool known =
            std::any_of(deployments.begin(), deployments.end(), [&](const auto &deployment) {
                return deployment.name == backend.deploymentName;
            });
        if (isSimulator(backend) && !known)
            deployments.append({backend.deploymentName, backend.deploymentName, {}});
    }
    return deployments;
}

/// Of the backends that requests can reach.
QList<TokenIdentity> tokenIdentities(const Config &config) {
    QList<TokenIdentity> identities;
    for (const Route &route : config.routes) {
        for (const RouteBackend &reference : route.backends) {
            const Backend *backend = config.findBackend(reference.name);
            if (!backend || !needsToken(backend->auth))
                continue;
            if (const auto identity = tokenIdentity(*backend))
                identities.append(*identity);
        }
    }
    return identities;
}

bool needsSimulator(const Config &config) {
    return std::any_of(config.backends.begin(), config.backends.end(), isSimulator);
}

/// The snapshot that workers serve: the simulator's backends get the address on which it listens.
Snapshot withSimulatorAt(const Snapshot &snapshot, quint16 port) {
    auto config = std::make_shared<Config>(*snapshot);
    for (Backend &backend : config->backends) {
        if (isSimulator(backend))
            backend.endpoint = u"http://127.0.0.1:%1"_s.arg(port);
    }
    return config;
}

} // namespace

class Gateway::Private {
public:
    Private(Gateway &gateway, SecretSource secrets)
        : q(gateway), m_secrets(std::move(secrets)), m_tokens(m_secrets) {
        m_thread.setObjectName("gateway worker"_L1);
#ifdef Q_OS_LINUX
        m_thread.setEventDispatcher(new EpollDispatcher);
#endif
        m_thread.start();
        m_context.moveToThread(&m_thread);
        onWorker([this] { m_worker = std::make_unique<Worker>(secretsFromGui()); });
    }

    ~Private() {
        onWorker([this] {
            m_worker.reset();
            m_thread.quit();
        });
        m_thread.wait();
    }

    void apply(Snapshot snapshot) {
        m_configured = std::move(snapshot);
        if (!needsSimulator(*m_configured)) {
            m_simulator.reset();
            m_simulated.clear();
            serve(m_configured);
            return;
        }
        const auto deployments = simulatedDeployments(*m_configured);
        if (m_simulator && m_simulator->port() != 0 && names(deployments) == m_simulated) {
            serve(withSimulatorAt(m_configured, m_simulator->port()));
            return;
        }
        startSimulator(deployments);
    }

    void start() {
        if (m_state != State::Stopped && m_state != State::Failed)
            return;
        setState(State::Starting);
        if (m_served)
            listen();
    }

    void stop() {
        if (m_state == State::Failed || (m_state == State::Starting && !m_served))
            return setState(State::Stopped);
        if (m_state != State::Running && m_state != State::Starting)
            return;
        setState(State::Stopping);
        ++m_listening;
        onWorker([this] {
            m_worker->drain(drainTime, [this] {
                onGui([this] {
                    m_bound = {};
                    setState(State::Stopped);
                });
            });
        });
    }

    void forgetSecrets() {
        m_tokens.secretsChanged();
        onWorker([this] { m_worker->forgetSecrets(); });
    }

    State state() const {
        return m_state;
    }
    Error error() const {
        return m_error;
    }
    quint16 nextFreePort() const {
        return m_nextFreePort;
    }

    quint16 port() const {
        if (m_bound.port != 0)
            return m_bound.port;
        return m_configured ? m_configured->gateway.port : GatewaySettings().port;
    }

    QString url() const {
        const QString address =
            m_configured ? m_configured->gateway.address : GatewaySettings().address;
        const QHostAddress parsed(address);
        if (parsed == QHostAddress::AnyIPv4 || parsed == QHostAddress::AnyIPv6)
            return u"http://127.0.0.1:%1"_s.arg(port());
        const bool v6 = parsed.protocol() == QAbstractSocket::IPv6Protocol;
        return u"http://%1:%2"_s.arg(v6 ? u'[' + address + u']' : address).arg(port());
    }

private:
    struct Bound {
        QString address;
        quint16 configuredPort = 0;
        quint16 port = 0;
    };

    static QStringList names(const QList<SimulatedDeployment> &deployments) {
        QStringList names;
        for (const SimulatedDeployment &deployment : deployments)
            names.append(deployment.name);
        return names;
    }

    void startSimulator(const QList<SimulatedDeployment> &deployments) {
        m_simulated = names(deployments);
        SimulatorSettings settings;
        settings.deployments = deployments;
        m_simulator = std::make_unique<Simulator>(settings);
        m_simulator->start([this](const Result<quint16> &port) {
            if (port)
                return serve(withSimulatorAt(m_configured, *port));
            m_simulator.reset();
            m_error = port.error();
            if (m_state == State::Starting)
                setState(State::Failed);
        });
    }

    void serve(Snapshot snapshot) {
        m_served = std::move(snapshot);
        onWorker([this, served = m_served] { m_worker->setSnapshot(served); });
        m_tokens.setIdentities(tokenIdentities(*m_served));
        const GatewaySettings &wanted = m_served->gateway;
        const bool moved =
            wanted.address != m_bound.address || wanted.port != m_bound.configuredPort;
        if (m_state == State::Starting || (m_state == State::Running && moved))
            listen();
    }

    void listen() {
        const GatewaySettings wanted = m_served->gateway;
        const int attempt = ++m_listening;
        onWorker([this, wanted, attempt] {
            const auto result = m_worker->listen(wanted.address, wanted.port);
            const bool inUse = !result && result.error().code == ErrorCode::AddressInUse;
            const quint16 next = inUse ? freePortAfter(wanted.address, wanted.port) : quint16(0);
            onGui([this, wanted, attempt, result, next] {
                if (attempt == m_listening)
                    listened(wanted, result, next);
            });
        });
    }

    void listened(const GatewaySettings &wanted, const Result<quint16> &result, quint16 next) {
        m_nextFreePort = next;
        m_error = result ? Error() : result.error();
        if (result)
            m_bound = {wanted.address, wanted.port, *result};
        // A running gateway that cannot move goes on where it is, and `error` says why.
        if (result || m_bound.port != 0)
            setState(State::Running);
        else
            setState(State::Failed);
    }

    void setState(State state) {
        m_state = state;
        emit q.stateChanged(state);
    }

    Credentials::Source secretsFromGui() {
        return [this](const Backend &backend, std::optional<quint64> rejected,
                      Credentials::Granted granted) {
            onGui([this, backend, rejected, granted = std::move(granted)] {
                grant(backend, rejected,
                      [this, alive = std::weak_ptr<char>(m_alive),
                       granted](const Result<Credentials::Grant> &result) {
                          if (!alive.expired())
                              onWorker([granted, result] { granted(result); });
                      });
            });
        };
    }

    void grant(const Backend &backend, std::optional<quint64> rejected,
               Credentials::Granted granted) {
        if (!needsToken(backend.auth))
            return m_secrets(backend.auth, [granted](const Result<Secret> &secret) {
                granted(secret ? Result<Credentials::Grant>(Credentials::Grant{*secret})
                               : Result<Credentials::Grant>(secret.error()));
            });
        const auto identity = tokenIdentity(backend);
        if (!identity)
            return granted(identity.error());
        m_tokens.obtain(*identity, rejected, [granted](const Result<TokenGrant> &token) {
            granted(token ? Result<Credentials::Grant>(
                                Credentials::Grant{token->token, token->number, token->askAgain})
                          : Result<Credentials::Grant>(token.error()));
        });
    }

    template<typename Task>
    void onWorker(Task task) {
        QMetaObject::invokeMethod(&m_context, std::move(task), Qt::QueuedConnection);
    }

    template<typename Task>
    void onGui(Task task) {
        QMetaObject::invokeMethod(&q, std::move(task), Qt::QueuedConnection);
    }

    Gateway &q;
    SecretSource m_secrets;
    TokenService m_tokens;
    QThread m_thread;
    QObject m_context;                ///< stands for the worker's thread
    std::unique_ptr<Worker> m_worker; ///< touched on its thread only
    std::unique_ptr<Simulator> m_simulator;
    QStringList m_simulated;
    Snapshot m_configured; ///< as it was applied
    Snapshot m_served;     ///< the same with the simulator's address; null until that is known
    State m_state = State::Stopped;
    Error m_error;
    Bound m_bound;
    quint16 m_nextFreePort = 0;
    int m_listening = 0; ///< the attempt whose outcome counts
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

Gateway::Gateway(SecretSource secrets, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(secrets))) {
}

Gateway::~Gateway() = default;

void Gateway::apply(Snapshot snapshot) {
    d->apply(std::move(snapshot));
}

void Gateway::forgetSecrets() {
    d->forgetSecrets();
}

void Gateway::start() {
    d->start();
}

void Gateway::stop() {
    d->stop();
}

Gateway::State Gateway::state() const {
    return d->state();
}

quint16 Gateway::port() const {
    return d->port();
}

QString Gateway::url() const {
    return d->url();
}

Error Gateway::error() const {
    return d->error();
}

quint16 Gateway::nextFreePort() const {
    return d->nextFreePort();
}

} // namespace quaygate
