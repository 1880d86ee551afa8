#include "app/parts.h"

using namespace Qt::StringLiterals;

namespace quaygate {

Parts::Parts(const QString &configFile, const QString &trafficFile, std::optional<quint16> port)
    : config(configFile)
    , traffic(trafficFile, {}, budgets)
    , gateway(secretSource(), memory())
    , m_port(port) {
    QObject::connect(&config, &ConfigStore::changed, &gateway, [this](const Snapshot &snapshot) {
        // A reload reads keys and variables anew.
        gateway.forgetSecrets();
        serve(snapshot);
    });
}

void Parts::serve(const Snapshot &snapshot) {
    traffic.setSettings(snapshot->gateway.traffic);
    auto config = std::make_shared<Config>(*snapshot);
    if (m_port)
        config->gateway.port = *m_port;
    m_budgeted = budgets->of(config);
    if (m_budgetsLoaded || m_budgeted->all().empty())
        return gateway.apply(config);
    // Nothing is served before it is known what was spent by an earlier run.
    traffic.syncBudgets([this, config] {
        m_budgetsLoaded = true;
        gateway.apply(config);
    });
}

Gateway::Memory Parts::memory() {
    return {[this](std::unique_ptr<TrafficRecord> record) { traffic.add(std::move(record)); },
            [this] { return traffic.metrics().text(); }, budgets};
}

SecretSource Parts::secretSource() {
    return [this](const Auth &auth, SecretStore::ReadDone done) {
        switch (auth.kind) {
        case Auth::Kind::Keychain:
            return secrets.readKeychain(auth.name, std::move(done));
        case Auth::Kind::Environment:
            return secrets.readEnvironment(auth.name, std::move(done));
        case Auth::Kind::None:
        case Auth::Kind::EntraClientSecret:
        case Auth::Kind::EntraManagedIdentity:
        case Auth::Kind::AzureCli:
        case Auth::Kind::Passthrough:
            return done(Secret()); // no key of its own; the gateway gets tokens by itself
        }
    };
}

} // namespace quaygate
