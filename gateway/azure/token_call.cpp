#include "gateway/azure/token_call.h"

#include "gateway/azure/cloud.h"
#include "gateway/azure/percent.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr QByteArrayView metadataService{"http://169.254.169.254"};
constexpr QByteArrayView metadataPath{"/metadata/identity/oauth2/token"};

/// Percent-encoded without a copy of the secret being left behind.
QByteArray encoded(const Secret &secret) {
    static constexpr char digits[] = "0123456789ABCDEF";
    QByteArray text;
    text.reserve(3 * secret.size());
    for (const char c : secret.reveal()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            text.append(c);
        else
            text.append('%').append(digits[(c >> 4) & 15]).append(digits[c & 15]);
    }
    return text;
}

QByteArray resourceQuery(const TokenIdentity &identity, const QByteArray &version) {
    QByteArray query =
        "?api-version=" + version + "&resource=" + encodePercent(resourceOf(identity.scope));
    if (!identity.clientId.isEmpty())
        query += "&client_id=" + encodePercent(identity.clientId);
    return query;
}

QByteArray metadataUrl(const QString &endpoint) {
    if (endpoint.isEmpty())
        return metadataService.toByteArray() + metadataPath.toByteArray();
    const QUrl url(endpoint);
    const QByteArray text = url.toEncoded();
    if (!url.path().isEmpty() && url.path() != u"/")
        return text;
    return (text.endsWith('/') ? text.chopped(1) : text) + metadataPath.toByteArray();
}

} // namespace

TokenCall clientSecretCall(const TokenIdentity &identity, const Secret &clientSecret) {
    TokenCall call;
    call.method = "POST"_ba;
    call.url =
        identity.authority.toUtf8() + '/' + encodePercent(identity.tenant) + "/oauth2/v2.0/token";
    call.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                    {"Accept", "application/json"}};
    QByteArray secret = encoded(clientSecret);
    QByteArray form;
    const QByteArray start =
        "grant_type=client_credentials&client_id=" + encodePercent(identity.clientId) +
        "&scope=" + encodePercent(identity.scope) + "&client_secret=";
    form.reserve(start.size() + secret.size());
    form.append(start).append(secret);
    wipe(secret);
    call.body = Secret(std::move(form));
    return call;
}

TokenCall imdsCall(const TokenIdentity &identity) {
    TokenCall call;
    call.method = "GET"_ba;
    call.url = metadataUrl(identity.endpoint) + resourceQuery(identity, "2018-02-01"_ba);
    call.headers = {{"Metadata", "true"}};
    return call;
}

TokenCall appServiceCall(const TokenIdentity &identity, const AppServiceIdentity &service) {
    TokenCall call;
    call.method = "GET"_ba;
    call.url = service.endpoint + resourceQuery(identity, "2019-08-01"_ba);
    call.secretHeader = "X-IDENTITY-HEADER"_ba;
    call.secret = service.header;
    return call;
}

QStringList azureCliArguments(const TokenIdentity &identity) {
    QStringList arguments{u"account"_s, u"get-access-token"_s, u"--output"_s,
                          u"json"_s,    u"--resource"_s,       resourceOf(identity.scope)};
    if (!identity.tenant.isEmpty())
        arguments << u"--tenant"_s << identity.tenant;
    return arguments;
}

} // namespace quaygate
