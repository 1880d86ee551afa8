#include "ui/playground/chat_target.h"

using namespace Qt::StringLiterals;

namespace quaygate {

QUrl chatUrl(const QString &gatewayUrl, const QString &pathPrefix) {
    if (gatewayUrl.isEmpty())
        return {};
    return QUrl(gatewayUrl + pathPrefix + u"/chat/completions"_s);
}

ChatTarget chatTarget(const Config &config, const Route &route, const QString &gatewayUrl) {
    ChatTarget target;
    target.url = chatUrl(gatewayUrl, route.match.pathPrefix);
    target.routeName = route.name;
    if (route.backends.isEmpty())
        return target;
    if (const Backend *backend = config.findBackend(route.backends.first().name)) {
        target.deploymentName = backend->deploymentName;
        target.apiVersion = backend->apiVersion;
        target.simulated = isSimulator(*backend);
        target.auth = backend->auth;
    }
    return target;
}

} // namespace quaygate
