#pragma once

#include "app/keychain_secret_store.h"
#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "gateway/secrets/environment_secret_store.h"
#include "gateway/secrets/secret_lookup.h"
#include "gateway/secrets/session_secret_store.h"
#include "gateway/traffic/traffic_log.h"

#include <optional>

namespace quaygate {

/// The parts of the program, put together: the same for the window and for `quaygate serve`. Lives
/// on the main thread. The gateway follows the configuration file from the moment it is loaded.
class Parts {
public:
    /// `port`: listened on instead of the configured one.
    /// `trafficFile`: where exchanges are remembered; empty: in memory only.
    Parts(const QString &configFile, const QString &trafficFile, std::optional<quint16> port = {});

    /// Applies a configuration that is not the file's.
    void serve(const Snapshot &snapshot);

    SessionSecretStore session;
    KeychainSecretStore keychain;
    EnvironmentSecretStore environment;
    SecretLookup secrets{session, keychain, environment};
    ConfigStore config;
    const std::shared_ptr<Budgets> budgets = std::make_shared<Budgets>();
    TrafficLog traffic;
    Gateway gateway;

private:
    SecretSource secretSource();
    Gateway::Memory memory();

    std::optional<quint16> m_port;
    bool m_budgetsLoaded = false;
    std::shared_ptr<const BudgetedConfig> m_budgeted; ///< keeps what is loaded from being forgotten
};

} // namespace quaygate
