#include "gateway/azure/web_socket_url.h"

#include "gateway/azure/api_version.h"
#include "gateway/azure/percent.h"
#include "gateway/azure/query_text.h"
#include "gateway/azure/upstream_url.h"

namespace quaygate {

Result<QByteArray> webSocketUrl(const Backend &backend, QByteArrayView path, QByteArrayView query) {
    const bool namesModel = path == "realtime" || !modelOfQuery(query).isEmpty();
    QByteArray rest = withoutParameters(query, {"model", "deployment"});
    if (namesModel && !backend.deploymentName.isEmpty()) {
        const QByteArray name = isV1Family(backend.apiVersion) ? "model=" : "deployment=";
        rest.prepend(name + encodePercent(backend.deploymentName) + (rest.isEmpty() ? "" : "&"));
    }
    return upstreamUrl(backend, path, rest);
}

QByteArray modelOfQuery(QByteArrayView query) {
    for (const QByteArrayView name : {"model", "deployment"}) {
        if (const auto value = parameterOf(query, name); value && !value->isEmpty())
            return *value;
    }
    return {};
}

QByteArray withoutCredentials(QByteArrayView subprotocols) {
    QByteArrayList kept;
    for (const QByteArray &one : subprotocols.toByteArray().split(',')) {
        const QByteArray name = one.trimmed();
        if (!name.isEmpty() && !name.toLower().startsWith("openai-insecure-api-key.") &&
            !name.toLower().startsWith("api-key"))
            kept.append(name);
    }
    return kept.join(", ");
}

} // namespace quaygate
