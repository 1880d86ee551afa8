#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/environment_secret_store.h"
#include "gateway/secrets/secret_lookup.h"
#include "ui/services.h"

#include <QObject>

namespace quaygate {

/// Finds the key or client secret that a backend's auth names, wherever it is: kept for this
/// session, in the keychain, in the environment. For the test of a connection only; no widget ever
/// shows it.
class KeyLookup : public QObject {
    Q_OBJECT

public:
    explicit KeyLookup(const Services &services, QObject *parent = nullptr);

    /// `done` comes later, with an empty Secret for a backend that needs none.
    void find(const Auth &auth, SecretStore::ReadDone done);

private:
    EnvironmentSecretStore m_environment;
    SecretLookup m_stores;
};

} // namespace quaygate
