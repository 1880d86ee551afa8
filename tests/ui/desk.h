#pragma once

#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "gateway/secrets/environment_secret_store.h"
#include "gateway/secrets/secret_lookup.h"
#include "gateway/secrets/session_secret_store.h"
#include "ui/services.h"
#include "ui/settings/login_start.h"

#include <QTemporaryDir>

namespace quaygate::test {

/// A keychain that works, or is missing from this machine. Keeps its secrets in memory.
class FakeKeychain : public SecretStore {
public:
    void read(const QString &name, ReadDone done) override;
    void write(const QString &name, const Secret &secret, Done done) override;
    void remove(const QString &name, Done done) override;
    void names(NamesDone done) override;

    bool missing = false;

private:
    template<typename Callback>
    void refuse(Callback done);

    QObject m_context;
    SessionSecretStore m_store;
};

/// A system that keeps whether the program starts after a login, or refuses to.
class FakeLoginStart : public LoginStart {
public:
    void read(std::function<void(const Result<bool> &)> done) override;
    void set(bool on, std::function<void(const Result<void> &)> done) override;

    bool isOn = false;
    bool refuses = false;

private:
    QObject m_context;
};

/// Everything that the window works with: a configuration file in a folder of its own, a gateway on
/// a free port, and stores that touch no real keychain.
class Desk {
public:
    explicit Desk(const Config &config = {});
    /// The file holds this text instead, which may be wrong.
    explicit Desk(const QByteArray &text);

    Services services() { return {config, gateway, keychain, session, &login}; }
    Config now() const { return *config.snapshot(); }
    QByteArray fileText() const;
    void rewriteFile(const QByteArray &text);
    /// The key as a store holds it; empty if it has none.
    static QByteArray stored(SecretStore &store, const QString &name);

    QTemporaryDir folder;
    QString file;
    SessionSecretStore session;
    FakeKeychain keychain;
    FakeLoginStart login;
    EnvironmentSecretStore environment;
    SecretLookup secrets{session, keychain, environment};
    ConfigStore config;
    Gateway gateway;

private:
    void begin(const QByteArray &text);
};

/// A backend that would be valid in a file.
Backend azureBackend(const QString &name = QStringLiteral("azure-openai"));
Route routeTo(const QString &backend, const QString &name = QStringLiteral("azure-openai"));
/// One backend and one route to it, on any free port.
Config smallConfig();

} // namespace quaygate::test
