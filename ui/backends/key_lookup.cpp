#include "ui/backends/key_lookup.h"

namespace quaygate {

KeyLookup::KeyLookup(const Services &services, QObject *parent)
    : QObject(parent), m_stores(services.session, services.keychain, m_environment) {
}

void KeyLookup::find(const Auth &auth, SecretStore::ReadDone done) {
    switch (auth.kind) {
    case Auth::Kind::None:
    case Auth::Kind::EntraManagedIdentity:
    case Auth::Kind::AzureCli:
    case Auth::Kind::Passthrough:
        QMetaObject::invokeMethod(
            this, [done] { done(Secret()); }, Qt::QueuedConnection);
        break;
    case Auth::Kind::Environment:
        m_stores.readEnvironment(auth.name, std::move(done));
        break;
    case Auth::Kind::Keychain:
        m_stores.readKeychain(auth.name, std::move(done));
        break;
    case Auth::Kind::EntraClientSecret:
        if (auth.secret.kind == SecretReference::Kind::Environment)
            m_stores.readEnvironment(auth.secret.name, std::move(done));
        else
            m_stores.readKeychain(auth.secret.name, std::move(done));
        break;
    }
}

} // namespace quaygate
