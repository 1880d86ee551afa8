#include "gateway/config/validate_auth.h"

#include "gateway/config/endpoint.h"
#include "gateway/config/header_names.h"
#include "gateway/config/names.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString headerProblem(const QString &header) {
    if (header.isEmpty())
        return {};
    const QByteArray name = header.toUtf8();
    if (!isHeaderName(name))
        return u"Write the name of the header that the key goes in, such as "
               "Ocp-Apim-Subscription-Key, not the key itself."_s;
    if (isFramingHeader(name) || name.compare("cookie", Qt::CaseInsensitive) == 0)
        return u"A key cannot go in this header; the usual ones are api-key and "
               "Ocp-Apim-Subscription-Key."_s;
    return {};
}

bool isGuid(const QString &text) {
    static const QRegularExpression guid(
        uR"(\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z)"_s);
    return guid.match(text).hasMatch();
}

/// An ID or one of the tenant's domains.
bool isTenant(const QString &text) {
    static const QRegularExpression domain(
        uR"(\A(?=.{1,253}\z)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+\z)"_s);
    return isGuid(text) || domain.match(text).hasMatch();
}

QString tenantProblem(const QString &tenant) {
    if (isTenant(tenant))
        return {};
    return u"The tenant is the directory's ID, as in 11111111-2222-3333-4444-555555555555, or one "
           "of its domains, as in contoso.onmicrosoft.com; the portal shows both under Microsoft "
           "Entra ID."_s;
}

QString clientIdProblem(const QString &clientId) {
    if (isGuid(clientId))
        return {};
    return u"The client ID looks like 11111111-2222-3333-4444-555555555555; copy it from the "
           "overview page of the app registration or of the managed identity."_s;
}

QString scopeProblem(const QString &scope) {
    static const QRegularExpression shape(
        uR"(\A[A-Za-z0-9][A-Za-z0-9._~:/-]{0,400}/\.default\z)"_s);
    if (scope.isEmpty() || shape.match(scope).hasMatch())
        return {};
    return u"A scope ends in /.default, as in https://cognitiveservices.azure.com/.default; leave "
           "it out for the usual one."_s;
}

QString authorityProblem(const QString &authority) {
    if (authority.isEmpty() || parseEndpoint(authority).ok())
        return {};
    return u"The authority is the address of the sign-in service, as in "
           "https://login.microsoftonline.com; leave it out for that of the endpoint's cloud."_s;
}

/// A token service of the machine speaks plain HTTP, but only to that machine.
QString identityEndpointProblem(const QString &endpoint) {
    if (endpoint.isEmpty())
        return {};
    const QUrl url(endpoint, QUrl::StrictMode);
    const QHostAddress address(url.host());
    const bool isNear = url.host() == u"localhost" || address.isLoopback() || address.isLinkLocal();
    const bool known = url.scheme() == u"https" || (url.scheme() == u"http" && isNear);
    if (url.isValid() && known && !url.host().isEmpty() && url.userInfo().isEmpty() &&
        !url.hasQuery() && !url.hasFragment())
        return {};
    return u"The identity endpoint is the address of this machine's token service, as in "
           "http://169.254.169.254; leave it out for the usual one."_s;
}

void checkKey(SecretReference::Kind kind, const QString &name, const QString &pointer,
              Findings &findings) {
    findings.addUnlessEmpty(pointer, kind == SecretReference::Kind::Environment
                                         ? environmentNameProblem(name)
                                         : nameProblem(u"The secret in the keychain"_s, name));
}

void checkClientSecret(const Auth &auth, Findings &findings) {
    findings.addUnlessEmpty(u"/auth/tenantId"_s, tenantProblem(auth.tenantId));
    findings.addUnlessEmpty(u"/auth/clientId"_s, clientIdProblem(auth.clientId));
    checkKey(auth.secret.kind, auth.secret.name, u"/auth/secret/name"_s, findings);
    findings.addUnlessEmpty(u"/auth/authority"_s, authorityProblem(auth.authority));
    findings.addUnlessEmpty(u"/auth/scope"_s, scopeProblem(auth.scope));
}

void checkManagedIdentity(const Auth &auth, Findings &findings) {
    if (!auth.clientId.isEmpty())
        findings.addUnlessEmpty(u"/auth/clientId"_s, clientIdProblem(auth.clientId));
    findings.addUnlessEmpty(u"/auth/endpoint"_s, identityEndpointProblem(auth.endpoint));
    findings.addUnlessEmpty(u"/auth/scope"_s, scopeProblem(auth.scope));
}

void checkAzureCli(const Auth &auth, Findings &findings) {
    if (!auth.tenant.isEmpty())
        findings.addUnlessEmpty(u"/auth/tenant"_s, tenantProblem(auth.tenant));
    findings.addUnlessEmpty(u"/auth/scope"_s, scopeProblem(auth.scope));
}

} // namespace

void checkAuth(const Auth &auth, bool isElsewhere, Findings &findings) {
    switch (auth.kind) {
    case Auth::Kind::Keychain:
        checkKey(SecretReference::Kind::Keychain, auth.name, u"/auth/name"_s, findings);
        break;
    case Auth::Kind::Environment:
        checkKey(SecretReference::Kind::Environment, auth.name, u"/auth/name"_s, findings);
        break;
    case Auth::Kind::None:
        if (isElsewhere)
            findings.add(u"/auth/kind"_s,
                         u"Only a backend on this machine (localhost) can do without a key; choose "
                         "“keychain”, “env” or a way to sign in with Entra ID."_s);
        break;
    case Auth::Kind::EntraClientSecret:
        return checkClientSecret(auth, findings);
    case Auth::Kind::EntraManagedIdentity:
        return checkManagedIdentity(auth, findings);
    case Auth::Kind::AzureCli:
        return checkAzureCli(auth, findings);
    case Auth::Kind::Passthrough:
        break;
    }
    findings.addUnlessEmpty(u"/auth/header"_s, headerProblem(auth.header));
}

} // namespace quaygate
