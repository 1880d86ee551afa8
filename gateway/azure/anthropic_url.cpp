#include "gateway/azure/anthropic_url.h"

#include "gateway/config/endpoint.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quaygate {

Result<QByteArray> anthropicUrl(const Backend &backend, QByteArrayView path) {
    const Result<Endpoint> endpoint = parseEndpoint(backend.endpoint);
    if (!endpoint)
        return endpoint.error();
    static const QRegularExpression ending(
        uR"((/api/projects/[^/]+)?(/openai|/anthropic)?(/v1)?\z)"_s);
    Endpoint base = *endpoint;
    base.pathPrefix.remove(ending);
    return base.url().toLatin1() + "/anthropic/v1/" + path.toByteArray();
}

bool isAnthropicHeader(QByteArrayView name) {
    return name.compare("anthropic-version", Qt::CaseInsensitive) == 0 ||
           name.compare("anthropic-beta", Qt::CaseInsensitive) == 0;
}

} // namespace quaygate
