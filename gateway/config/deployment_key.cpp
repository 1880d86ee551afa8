#include "gateway/config/deployment_key.h"

#include "gateway/json/json_text.h"

namespace quaygate {

QByteArray deploymentKey(const Backend &backend) {
    return json::quote(backend.endpoint) + json::quote(backend.deploymentName) +
           json::quote(backend.apiVersion);
}

} // namespace quaygate
