#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QStringList>

#include <functional>

namespace quaygate {

/// Where named secrets live. Implementations: the OS keychain (app/), the environment (read only),
/// the session (memory). Lives on the GUI thread, or headless on the main thread; every callback
/// comes on that thread, exactly once, never before the call returns, and not after the store is
/// destroyed.
class SecretStore {
public:
    using ReadDone = std::function<void(Result<Secret>)>;
    using Done = std::function<void(Result<void>)>;
    using NamesDone = std::function<void(Result<QStringList>)>;

    SecretStore() = default;
    virtual ~SecretStore() = default;
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;

    /// SecretNotFound, SecretStoreLocked or SecretStoreMissing (each says how to mend it) on
    /// failure.
    virtual void read(const QString &name, ReadDone done) = 0;
    virtual void write(const QString &name, const Secret &secret, Done done) = 0;
    virtual void remove(const QString &name, Done done) = 0;
    /// The names, sorted; never the values.
    virtual void names(NamesDone done) = 0;
};

} // namespace quaygate
