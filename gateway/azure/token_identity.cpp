#include "gateway/azure/token_identity.h"

#include "gateway/azure/cloud.h"
#include "gateway/config/config_words.h"
#include "gateway/config/endpoint.h"

using namespace Qt::StringLiterals;

namespace quaygate {

QByteArray TokenIdentity::key() const {
    const QStringList parts{
        authKindName(kind), authority, tenant,   clientId, secretKindName(secret.kind),
        secret.name,        scope,     endpoint, proxy,    caFile};
    return parts.join(QChar(0)).toUtf8();
}

bool needsToken(const Auth &auth) {
    switch (auth.kind) {
    case Auth::Kind::EntraClientSecret:
    case Auth::Kind::EntraManagedIdentity:
    case Auth::Kind::AzureCli:
        return true;
    case Auth::Kind::Keychain:
    case Auth::Kind::Environment:
    case Auth::Kind::None:
    case Auth::Kind::Passthrough:
        break;
    }
    return false;
}

Result<TokenIdentity> tokenIdentity(const Backend &backend) {
    const Result<Endpoint> endpoint = isSimulator(backend) ? Endpoint{false, u"localhost"_s, 80, {}}
                                                           : parseEndpoint(backend.endpoint);
    if (!endpoint)
        return endpoint.error();
    const Auth &auth = backend.auth;
    TokenIdentity identity;
    identity.kind = auth.kind;
    identity.scope = auth.scope.isEmpty() ? scopeOf(*endpoint) : auth.scope;
    if (auth.kind == Auth::Kind::EntraManagedIdentity) {
        identity.clientId = auth.clientId;
        identity.endpoint = auth.endpoint;
        return identity; // from the machine itself: there is no way between
    }
    if (auth.kind == Auth::Kind::AzureCli) {
        identity.tenant = auth.tenant;
        return identity;
    }
    const Result<Endpoint> authority = parseEndpoint(
        auth.authority.isEmpty() ? authorityOf(cloudOf(endpoint->host)) : auth.authority);
    if (!authority)
        return authority.error();
    identity.authority = authority->url();
    identity.tenant = auth.tenantId;
    identity.clientId = auth.clientId;
    identity.secret = {auth.secret.kind, auth.secret.name, {}};
    identity.proxy = backend.proxy;
    identity.caFile = backend.tls.caFile;
    return identity;
}

} // namespace quaygate
