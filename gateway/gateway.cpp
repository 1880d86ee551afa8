#include "gateway/gateway.h"

#include "gateway/azure/token_identity.h"
#include "gateway/network_watch.h"
#include "gateway/rules/client_key.h"
#include "gateway/signin/token_service.h"
#include "gateway/simulator/simulator.h"
#include "gateway/worker_pool.h"

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

/// A request can reach each backend, by a route or by the name of its model.
QList<TokenIdentity> tokenIdentities(const Config &config) {
    QList<TokenIdentity> identities;
    for (const Backend &backend : config.backends) {
        if (!needsToken(backend.auth))
            continue;
        if (const auto identity = tokenIdentity(backend))
            identities.append(*identity);
    }
    return identities;
}

/// Where requests go that leave this machine.
QList<QUrl> remoteTargets(const Config &config, const QList<TokenIdentity> &identities) {
    QList<QUrl> targets;
    const auto add = [&targets](const QString &url) {
        if (!proxyKey(url.toUtf8()).isEmpty() && !targets.contains(QUrl(url)))
            targets.append(QUrl(url));
    };
    for (const Backend &backend : config.backends)
        add(backend.endpoint);
    for (const TokenIdentity &identity : identities)
        add(identity.authority);
    return targets;
}

bool needsSimulator(const Config &config) {
    return std::any_of(config.backends.begin(), config.backends.end(), isSimulator);
}

/// As it stands in records.
constexpr auto ownName = "Quaygate"_L1;

Snapshot withKey(const Snapshot &snapshot, const QString &hash) {
    auto config = std::make_shared<Config>(*snapshot);
    config->clientKeys.prepend({ownName, hash});
    return config;
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
    Private(Gateway &gateway, SecretSource secrets, Memory memory)
        : q(gateway)
        , m_secrets(std::move(secrets))
        , m_memory(std::move(memory))
        , m_tokens(m_secrets) {
        m_tokens.setNetwork(m_network);
    }

    void apply(Snapshot snapshot) {
        forgetApisOfOthers(*snapshot);
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
        m_workers.drain(drainTime, [this] {
            onGui([this] {
                m_bound = {};
                setState(State::Stopped);
            });
        });
    }

    void forgetSecrets() {
        m_tokens.secretsChanged();
        m_workers.forgetSecrets();
    }

    State state() const { return m_state; }
    int requestsInFlight() const { return m_workers.inFlight(); }
    Error error() const { return m_error; }
    quint16 nextFreePort() const { return m_nextFreePort; }
    Secret ownKey() const { return m_ownKey.key; }
    SpokenApis apisOf(const QString &backend) const { return m_spoken.value(backend); }

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

    void serve(const Snapshot &snapshot) {
        m_served = withKey(snapshot, m_ownKey.hash);
        m_workers.setSnapshot(m_served, drainTime);
        const QList<TokenIdentity> identities = tokenIdentities(*m_served);
        m_watch.setTargets(remoteTargets(*m_served, identities));
        m_tokens.setIdentities(identities);
        const GatewaySettings &wanted = m_served->gateway;
        const bool moved =
            wanted.address != m_bound.address || wanted.port != m_bound.configuredPort;
        if (m_state == State::Starting || (m_state == State::Running && moved))
            listen();
    }

    void listen() {
        const GatewaySettings wanted = m_served->gateway;
        const int attempt = ++m_listening;
        const auto told = [this, wanted, attempt](const Result<quint16> &result) {
            const bool inUse = !result && result.error().code == ErrorCode::AddressInUse;
            const quint16 next = inUse ? freePortAfter(wanted.address, wanted.port) : quint16(0);
            onGui([this, wanted, attempt, result, next] {
                if (attempt == m_listening)
                    listened(wanted, result, next);
            });
        };
        m_workers.listen(wanted.address, wanted.port, told);
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

    /// Asked on a worker's thread; keys and tokens are found on the Gateway's.
    void findCredential(WorkerThread &worker, const Backend &backend,
                        std::optional<quint64> rejected, Credentials::Granted granted) {
        onGui([this, backend, rejected, granted = std::move(granted), worker = &worker,
               life = worker.life()] {
            grant(backend, rejected, [granted, worker, life](Result<Credentials::Grant> result) {
                if (life.expired())
                    return;
                worker->post([granted, result = std::move(result)](Worker &) { granted(result); });
            });
        });
    }

    void grant(const Backend &backend, std::optional<quint64> rejected,
               Credentials::Granted granted) {
        using Answer = Result<Credentials::Grant>;
        if (!needsToken(backend.auth))
            return m_secrets(backend.auth, [granted](const Result<Secret> &secret) {
                granted(secret ? Answer(Credentials::Grant{*secret}) : Answer(secret.error()));
            });
        const auto identity = tokenIdentity(backend);
        if (!identity)
            return granted(identity.error());
        m_tokens.obtain(*identity, rejected, [granted](const Result<TokenGrant> &token) {
            granted(token ? Answer(Credentials::Grant{token->token, token->number, token->askAgain})
                          : Answer(token.error()));
        });
    }

    /// What was found out holds as long as the backend is what it was.
    void forgetApisOfOthers(const Config &next) {
        m_spoken.removeIf([&](const auto &known) {
            const Backend *const before = m_configured->findBackend(known.key());
            const Backend *const after = next.findBackend(known.key());
            return !before || !after || *before != *after;
        });
    }

    /// Told on a worker's thread.
    void learned(const Backend &backend, SpokenApis spoken) {
        onGui([this, backend, spoken] {
            m_workers.tellAll(
                [backend, spoken](Worker &worker) { worker.learned().note(backend, spoken); });
            m_spoken.insert(backend.name, spoken);
            emit q.apisLearned(backend.name, spoken);
        });
    }

    /// What one worker finds out, the others hear of.
    WorkerPool::Findings findings() {
        const auto tellAll = [this](std::function<void(Worker &)> news) {
            onGui([this, news = std::move(news)] { m_workers.tellAll(news); });
        };
        return {[this](const Backend &backend, SpokenApis spoken) { learned(backend, spoken); },
                [tellAll](const Backend &backend, RuleDialect dialect,
                          const QList<ParameterEdit> &edits) {
                    tellAll(
                        [=](Worker &worker) { worker.parameters().note(backend, dialect, edits); });
                },
                [tellAll](const QByteArray &mark, const QString &backend) {
                    tellAll([=](Worker &worker) { worker.servedBy().hear(mark, backend); });
                }};
    }

    PipelineShared shared() const {
        PipelineShared shared;
        shared.sink = m_memory.remember;
        shared.metrics = m_memory.metrics;
        shared.network = m_network;
        if (m_memory.budgets)
            shared.budgets = m_memory.budgets;
        return shared;
    }

    template<typename Task>
    void onGui(Task task) {
        QMetaObject::invokeMethod(&q, std::move(task), Qt::QueuedConnection);
    }

    Gateway &q;
    SecretSource m_secrets;
    Memory m_memory;
    const NewClientKey m_ownKey = makeClientKey();
    const std::shared_ptr<MachineNetwork> m_network = std::make_shared<MachineNetwork>();
    NetworkWatch m_watch{m_network};
    TokenService m_tokens;
    std::unique_ptr<Simulator> m_simulator;
    QStringList m_simulated;
    Snapshot m_configured; ///< as it was applied
    Snapshot m_served;     ///< the same with the simulator's address; null until that is known
    QHash<QString, SpokenApis> m_spoken; ///< by backend, as far as it was found out
    State m_state = State::Stopped;
    Error m_error;
    Bound m_bound;
    quint16 m_nextFreePort = 0;
    int m_listening = 0; ///< the attempt whose outcome counts
    /// The last member, so that its threads end before anything goes that they may call for.
    WorkerPool m_workers{[this](WorkerThread &worker, const Backend &backend,
                                std::optional<quint64> rejected, Credentials::Granted granted) {
                             findCredential(worker, backend, rejected, std::move(granted));
                         },
                         findings(), shared()};
};

Gateway::Gateway(SecretSource secrets, QObject *parent)
    : Gateway(std::move(secrets), Memory(), parent) {
}

Gateway::Gateway(SecretSource secrets, Memory memory, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(secrets), std::move(memory))) {
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

Secret Gateway::ownKey() const {
    return d->ownKey();
}

SpokenApis Gateway::apisOf(const QString &backend) const {
    return d->apisOf(backend);
}

int Gateway::requestsInFlight() const {
    return d->requestsInFlight();
}

Error Gateway::error() const {
    return d->error();
}

quint16 Gateway::nextFreePort() const {
    return d->nextFreePort();
}

} // namespace quaygate
