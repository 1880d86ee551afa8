#pragma once

#include "gateway/secrets/secret_store.h"

#include <QObject>

namespace quaygate {

/// Finds a secret for the gateway among the three stores. Lives on their thread; they must outlive
/// it. Callbacks are as SecretStore promises: on this thread, exactly once, later, and not after
/// the lookup is destroyed.
class SecretLookup : public QObject {
    Q_OBJECT

public:
    SecretLookup(SecretStore &session, SecretStore &keychain, SecretStore &environment,
                 QObject *parent = nullptr);

    /// The secret of that name: the one kept for this session if there is one (then the keychain is
    /// not asked at all, so it may be locked or missing), else the keychain's.
    void readKeychain(const QString &name, SecretStore::ReadDone done);

    /// The value of the environment variable of that name.
    void readEnvironment(const QString &name, SecretStore::ReadDone done);

private:
    SecretStore &m_session;
    SecretStore &m_keychain;
    SecretStore &m_environment;
};

} // namespace quaygate
