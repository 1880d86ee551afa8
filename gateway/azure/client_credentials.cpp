#include "gateway/azure/client_credentials.h"

#include "gateway/azure/api_version.h"
#include "gateway/azure/auth_headers.h"
#include "gateway/azure/azure_host.h"
#include "gateway/azure/upstream_url.h"
#include "gateway/config/endpoint.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr QByteArrayView authorization{"Authorization"};
constexpr QByteArrayView bearer{"Bearer "};

bool isNamed(QByteArrayView name, QByteArrayView other) {
    return name.compare(other, Qt::CaseInsensitive) == 0;
}

bool isBearer(const CredentialHeader &header) {
    const QByteArrayView value = header.value.reveal();
    return isNamed(header.name, authorization) && value.size() > bearer.size() &&
           isNamed(value.first(bearer.size()), bearer);
}

/// Three parts, the first of which is JSON in base64.
bool isToken(QByteArrayView text) {
    return text.startsWith("eyJ") && text.count('.') == 2;
}

} // namespace

bool isPassedOn(const Auth &auth, QByteArrayView name) {
    static constexpr QByteArrayView usual[] = {apiKeyHeader, authorization, "x-api-key",
                                               "Ocp-Apim-Subscription-Key"};
    return std::any_of(std::begin(usual), std::end(usual),
                       [&](QByteArrayView one) { return isNamed(name, one); }) ||
           (!auth.header.isEmpty() && isNamed(name, auth.header.toLatin1()));
}

QList<CredentialHeader> passedOn(const Backend &backend, QList<CredentialHeader> fromClient) {
    const bool hasKey = std::any_of(fromClient.begin(), fromClient.end(), [](const auto &header) {
        return isNamed(header.name, apiKeyHeader);
    });
    for (CredentialHeader &header : fromClient) {
        const QByteArrayView value = header.value.reveal();
        if (hasKey || isV1Family(backend.apiVersion) || !isBearer(header) ||
            isToken(value.sliced(bearer.size())))
            continue;
        header.name = apiKeyHeader.toByteArray();
        header.value = Secret(value.sliced(bearer.size()).toByteArray());
    }
    const auto endpoint = parseEndpoint(backend.endpoint);
    if (hasKey && endpoint && isAzureHost(endpoint->host))
        fromClient.removeIf(
            [](const CredentialHeader &header) { return !isNamed(header.name, apiKeyHeader); });
    return fromClient;
}

} // namespace quaygate
