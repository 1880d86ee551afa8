#include "gateway/secrets/secret_lookup.h"

#include <QPointer>

namespace quaygate {

namespace {

/// `done`, for as long as the lookup lives.
SecretStore::ReadDone whileAlive(SecretLookup *lookup, SecretStore::ReadDone done) {
    return [guard = QPointer(lookup), done = std::move(done)](Result<Secret> result) {
        if (guard)
            done(std::move(result));
    };
}

} // namespace

SecretLookup::SecretLookup(SecretStore &session, SecretStore &keychain, SecretStore &environment,
                           QObject *parent)
    : QObject(parent), m_session(session), m_keychain(keychain), m_environment(environment) {
}

void SecretLookup::readKeychain(const QString &name, SecretStore::ReadDone done) {
    auto orKeychain = [this, name, done = std::move(done)](Result<Secret> fromSession) {
        if (fromSession.ok())
            done(std::move(fromSession));
        else
            m_keychain.read(name, whileAlive(this, done));
    };
    m_session.read(name, whileAlive(this, std::move(orKeychain)));
}

void SecretLookup::readEnvironment(const QString &name, SecretStore::ReadDone done) {
    m_environment.read(name, whileAlive(this, std::move(done)));
}

} // namespace quaygate
