#include "gateway/pipeline/credentials.h"

#include "gateway/azure/auth_headers.h"
#include "gateway/azure/token_identity.h"

namespace quaygate {

Credentials::Credentials(Source source, std::function<WallTime()> now)
    : m_source(std::move(source)), m_now(std::move(now)) {
}

/// All that the credential depends on. A token also depends on the endpoint, which decides what it
/// is for, and on the way to Entra ID.
Credentials::Key Credentials::keyOf(const Backend &backend) {
    const Auth &auth = backend.auth;
    if (!needsToken(auth))
        return {auth.kind, {auth.name, auth.header}};
    const QString secretKind = QString::number(int(auth.secret.kind));
    return {auth.kind,
            {backend.endpoint, auth.tenantId, auth.clientId, secretKind, auth.secret.name,
             auth.authority, auth.scope, auth.endpoint, auth.tenant, backend.proxy,
             backend.tls.caFile}};
}

const Credential *Credentials::known(const Backend &backend) const {
    static const Credential none;
    if (backend.auth.kind == Auth::Kind::None || backend.auth.kind == Auth::Kind::Passthrough)
        return &none;
    const auto known = m_known.find(keyOf(backend));
    const bool isGood = known != m_known.end() && (known->second.askAgain == WallTime::max() ||
                                                   m_now() < known->second.askAgain);
    return isGood ? &known->second.credential : nullptr;
}

void Credentials::obtain(const Backend &backend, Done done) {
    if (const Credential *credential = known(backend))
        return done(*credential);
    ask(keyOf(backend), backend, {}, std::move(done));
}

void Credentials::replace(const Backend &backend, quint64 rejected, Done done) {
    const Key key = keyOf(backend);
    const auto known = m_known.find(key);
    if (known != m_known.end() && known->second.credential.number != rejected)
        return done(known->second.credential);
    ask(key, backend, rejected, std::move(done));
}

void Credentials::ask(const Key &key, const Backend &backend, std::optional<quint64> rejected,
                      Done done) {
    auto &waiting = m_waiting[key];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1)
        return;
    m_source(backend, rejected,
             [this, alive = std::weak_ptr<char>(m_alive), key, auth = backend.auth,
              generation = m_generation](const Result<Grant> &grant) {
                 if (!alive.expired())
                     arrived(key, auth, generation, grant);
             });
}

void Credentials::forget() {
    m_known.clear();
    ++m_generation;
}

void Credentials::forgetTokens() {
    std::erase_if(m_known, [](const auto &entry) { return entry.second.credential.number != 0; });
    ++m_generation;
}

void Credentials::arrived(const Key &key, const Auth &auth, int generation,
                          const Result<Grant> &grant) {
    const auto waiting = std::exchange(m_waiting[key], {});
    m_waiting.erase(key);
    if (!grant) {
        for (const Done &done : waiting)
            done(grant.error());
        return;
    }
    const Credential credential{credentialHeader(auth), credentialValue(auth, grant->secret),
                                grant->number};
    if (generation == m_generation)
        m_known.insert_or_assign(key, Known{credential, grant->askAgain});
    for (const Done &done : waiting)
        done(credential);
}

} // namespace quaygate
