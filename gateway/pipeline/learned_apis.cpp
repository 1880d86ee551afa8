#include "gateway/pipeline/learned_apis.h"

#include "gateway/json/json_text.h"

namespace quaygate {

namespace {

/// Far more deployments than anybody has; the table starts anew rather than grow.
constexpr qsizetype mostDeployments = 4096;

/// The API version belongs to it: an old one hides an API that the deployment has.
QByteArray deploymentKey(const Backend &backend) {
    return json::quote(backend.endpoint) + json::quote(backend.deploymentName) +
           json::quote(backend.apiVersion);
}

} // namespace

SpokenApis LearnedApis::of(const Backend &backend) const {
    return m_spoken.isEmpty() ? SpokenApis::Both
                              : m_spoken.value(deploymentKey(backend), SpokenApis::Both);
}

void LearnedApis::learn(const Backend &backend, SpokenApis spoken) {
    if (of(backend) == spoken)
        return;
    note(backend, spoken);
    if (onLearned)
        onLearned(backend, spoken);
}

void LearnedApis::note(const Backend &backend, SpokenApis spoken) {
    if (spoken == SpokenApis::Both) {
        m_spoken.remove(deploymentKey(backend));
        return;
    }
    if (m_spoken.size() >= mostDeployments)
        m_spoken.clear();
    m_spoken.insert(deploymentKey(backend), spoken);
}

} // namespace quaygate
