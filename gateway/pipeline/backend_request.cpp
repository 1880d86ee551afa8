#include "gateway/pipeline/backend_request.h"

#include "gateway/azure/anthropic_url.h"
#include "gateway/azure/auth_headers.h"
#include "gateway/azure/client_credentials.h"
#include "gateway/json/json_text.h"
#include "gateway/pipeline/backend_connection.h"
#include "gateway/pipeline/form_field.h"
#include "gateway/pipeline/web_socket.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

HeaderList forwardedHeaders(const HeaderList &from, Provider provider) {
    HeaderList headers;
    for (const Header &header : from) {
        if (isForwardable(header.name) ||
            (provider == Provider::Anthropic && isAnthropicHeader(header.name)))
            headers.append(header.name, header.value);
    }
    return headers;
}

QList<CredentialHeader> clientCredentials(const Auth &auth, const HeaderList &headers) {
    QList<CredentialHeader> credentials;
    for (const Header &header : headers) {
        if (isPassedOn(auth, header.name) && !header.value.isEmpty())
            credentials.append({header.name.toByteArray(), Secret(header.value.toByteArray())});
    }
    return credentials;
}

Error noCredential(const Backend &backend) {
    return {ErrorCode::CredentialMissing,
            u"The backend \"%1\" passes the client's own credential on, and the request has none; "
            "send the header api-key or Authorization."_s.arg(backend.name),
            {}};
}

Result<void> sign(UpstreamRequest &request, const Backend &backend, const HeaderList &client,
                  const Credential &credential) {
    request.secretHeader = credential.header;
    request.secret = credential.value;
    if (backend.auth.kind != Auth::Kind::Passthrough)
        return {};
    const auto passed = passedOn(backend, clientCredentials(backend.auth, client));
    for (const CredentialHeader &header : passed)
        request.moreSecrets.append({header.name, header.value});
    return passed.isEmpty() ? Result<void>(noCredential(backend)) : Result<void>();
}

} // namespace

Result<QByteArray> withDeployment(const Backend &backend, const QByteArray &json) {
    const QString &deployment = backend.deploymentName;
    return deployment.isEmpty() ? Result<QByteArray>(json)
                                : json::withMember(json, "model", json::quote(deployment));
}

Result<QByteArray> upstreamBody(const Way &way, const HttpRequest &request) {
    const Backend &backend = *way.backend;
    if (isAnthropics(way.door)) // the backend speaks it too, or the request would be translated
        return withDeployment(backend, request.body);
    if (!way.operation || deploymentInPath(backend, *way.operation))
        return request.body;
    if (operationInfo(*way.operation).body == BodyKind::Json)
        return withDeployment(backend, request.body);
    if (backend.deploymentName.isEmpty())
        return request.body;
    return withFormField(request.body, request.headers.find("Content-Type").value_or(""), "model",
                         backend.deploymentName.toUtf8());
}

Result<UpstreamRequest> backendRequest(const Way &way, const HttpRequest &client,
                                       const Credential &credential) {
    if (!way.url)
        return way.url.error();
    const Backend &backend = *way.backend;
    UpstreamRequest request;
    request.method = client.method;
    request.url = *way.url;
    request.headers = forwardedHeaders(client.headers, backend.provider);
    // A compressed answer could not be read, translated or guarded; on this machine nobody gains.
    if (way.operation || isAnthropics(way.door))
        request.headers.remove("Accept-Encoding");
    if (way.door == Door::WebSocket) {
        request.upgrade = "websocket";
        for (const Header &header : handshakeHeaders(client.headers))
            request.headers.append(header.name, header.value);
    }
    applyHeaders(backend, request);
    applyConnection(backend, request);
    if (const auto isSigned = sign(request, backend, client.headers, credential); !isSigned)
        return isSigned.error();
    return request;
}

} // namespace quaygate
