#include "app/demo_config.h"

#include "gateway/simulator/simulator.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Backend simulated(const QString &deployment) {
    Backend backend;
    backend.name = deployment;
    backend.endpoint = simulatorEndpoint;
    backend.deploymentName = deployment;
    backend.apiVersion = u"v1"_s;
    backend.auth.kind = Auth::Kind::None;
    if (deployment.startsWith("claude"_L1))
        backend.provider = Provider::Anthropic;
    return backend;
}

} // namespace

Config demoConfig() {
    Config config;
    for (const SimulatedDeployment &deployment : SimulatorSettings::demoDeployments())
        config.backends.append(simulated(deployment.name));
    const QString usual = config.backends.first().name;
    config.modelAliases = {{u"fast"_s, usual}};
    config.routes = {{u"azure-openai"_s, {u"/azure-openai"_s, {}}, {{usual}}}};
    return config;
}

} // namespace quaygate
