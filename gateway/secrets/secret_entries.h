#pragma once

#include "gateway/secrets/secret_store.h"

namespace quaygate {

/// What every OS keychain can do: keep bytes under an account name, and no more than that
/// (QtKeychain cannot list). IndexedSecretStore makes a SecretStore of it. Threads and callbacks
/// are as in SecretStore; a missing account is SecretNotFound.
class SecretEntries {
public:
    SecretEntries() = default;
    virtual ~SecretEntries() = default;
    SecretEntries(const SecretEntries &) = delete;
    SecretEntries &operator=(const SecretEntries &) = delete;

    virtual void read(const QString &account, SecretStore::ReadDone done) = 0;
    virtual void write(const QString &account, const Secret &secret, SecretStore::Done done) = 0;
    virtual void remove(const QString &account, SecretStore::Done done) = 0;
};

} // namespace quaygate
