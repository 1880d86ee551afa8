#include "tests/config/sample_config.h"

using namespace Qt::StringLiterals;

namespace quaygate::test {

QByteArray documentedText() {
    return R"({ "version": 1,
  "gateway":  {"address": "127.0.0.1", "port": 8080},
  "backends": [{"name": "azure-openai", "endpoint": "my-endpoint.cognitiveservices.azure.com",
                "deploymentName": "gpt-4.1-mini", "apiVersion": "2025-01-01-preview",
                "auth": {"kind": "keychain", "name": "azure-openai"}}],
  "routes":   [{"name": "azure-openai", "match": {"pathPrefix": "/azure-openai"},
                "backends": [{"name": "azure-openai"}]}] }
)"_ba;
}

Config documentedConfig() {
    Backend backend;
    backend.name = u"azure-openai"_s;
    backend.endpoint = u"my-endpoint.cognitiveservices.azure.com"_s;
    backend.deploymentName = u"gpt-4.1-mini"_s;
    backend.apiVersion = u"2025-01-01-preview"_s;
    backend.auth = {Auth::Kind::Keychain, u"azure-openai"_s, {}};
    Route route;
    route.name = u"azure-openai"_s;
    route.match.pathPrefix = u"/azure-openai"_s;
    route.backends = {{u"azure-openai"_s, {}}};
    Config config;
    config.backends = {backend};
    config.routes = {route};
    return config;
}

Config fullConfig() {
    Config config = documentedConfig();
    config.gateway.port = 0;
    config.gateway.address = u"::1"_s;
    config.gateway.unknown = {{u"limit"_s, "1.50e+2"_ba}};
    config.backends[0].unknown = {{u"note \"é\"\n"_s, "{ \"a\" :\n   [1,  2] }"_ba}};
    config.backends[0].timeouts.unknown = {{u"dns"_s, "\"1s\""_ba}};
    config.backends[0].tls.unknown = {{u"pin"_s, "[ ]"_ba}};
    config.backends[0].maxConnections = 3;
    config.backends[0].auth.unknown = {{u"issuer"_s, "\"\\u00e9\""_ba}};
    Backend local;
    local.name = u"Lokal 語"_s;
    local.endpoint = u"http://localhost:9000/x"_s;
    local.auth = {Auth::Kind::None, u"kept"_s, {}};
    Backend variable = local;
    variable.name = u"from environment"_s;
    variable.deploymentName = u"emb"_s;
    variable.apiVersion = u"preview"_s;
    variable.auth = {Auth::Kind::Environment, u"AZURE_KEY"_s, {}};
    Backend simulator;
    simulator.name = u"Simulator"_s;
    simulator.endpoint = simulatorEndpoint;
    simulator.auth.kind = Auth::Kind::None;
    Backend app = documentedConfig().backends[0];
    app.name = u"app"_s;
    app.provider = Provider::Anthropic;
    app.auth = {Auth::Kind::EntraClientSecret, {}, {}};
    app.auth.tenantId = u"contoso.onmicrosoft.com"_s;
    app.auth.clientId = u"11111111-2222-3333-4444-555555555555"_s;
    app.auth.secret = {
        SecretReference::Kind::Environment, u"AZURE_SECRET"_s, {{u"expires"_s, "\"2027\""_ba}}};
    app.headers = {{u"X-Team"_s, u"blue \"1\""_s}, {u"aoai-evals"_s, u"preview"_s}};
    Backend identity = app;
    identity.name = u"identity"_s;
    identity.auth = {Auth::Kind::EntraManagedIdentity, {}, {}};
    identity.auth.endpoint = u"http://169.254.169.254"_s;
    Backend cli = identity;
    cli.name = u"az"_s;
    cli.auth = {Auth::Kind::AzureCli, {}, {}};
    cli.auth.tenant = app.auth.tenantId;
    Backend passing = cli;
    passing.name = u"passing"_s;
    passing.auth = {Auth::Kind::Passthrough, {}, {}};
    config.backends += {local, variable, simulator, app, identity, cli, passing};
    config.routes[0].unknown = {{u"weight"_s, "null"_ba}};
    config.routes[0].match.unknown = {{u"model"_s, "[]"_ba}};
    config.routes[0].backends += {{local.name, {{u"weight"_s, "-0.0"_ba}}}};
    Route all;
    all.name = u"all"_s;
    all.match.pathPrefix = u"/"_s;
    all.backends = {{u"Simulator"_s, {}}};
    all.modelAliases = {{u"*"_s, u"Simulator"_s}, {u"a \"/~\" é"_s, u"Simulator"_s}};
    config.routes += all;
    config.modelAliases = {{u"gpt-*-mini"_s, u"GPT-4.1-mini"_s}, {u"語"_s, u"Lokal 語"_s}};
    config.unknown = {{u"$schema"_s, "\"config.schema.json\""_ba}, {u"limits"_s, "{}"_ba}};
    return config;
}

Config completeConfig() {
    using namespace std::chrono_literals;
    Config config = documentedConfig();
    config.gateway.workers = 3;
    config.gateway.limits = {2048, 512, 4096, 10, 5, 1s, 2s, 3s, 4s, {}};
    Backend &backend = config.backends[0];
    backend.timeouts = {5s, 90s, 10min, 1h, {}};
    backend.tls = {u"/etc/ssl/company.pem"_s, u"1.3"_s, {}};
    backend.http2 = true;
    backend.proxy = u"http://proxy.example:3128"_s;
    backend.maxConnections = 16;
    backend.provider = Provider::Anthropic;
    backend.headers = {{u"X-Team"_s, u"blue"_s}};
    Auth &auth = backend.auth;
    auth.kind = Auth::Kind::EntraClientSecret;
    auth.header = u"Ocp-Apim-Subscription-Key"_s;
    auth.tenantId = u"11111111-2222-3333-4444-555555555555"_s;
    auth.clientId = u"66666666-7777-8888-9999-000000000000"_s;
    auth.secret = {SecretReference::Kind::Keychain, u"client-secret"_s, {}};
    auth.authority = u"https://login.microsoftonline.us"_s;
    auth.scope = u"https://cognitiveservices.azure.us/.default"_s;
    auth.endpoint = u"http://169.254.169.254"_s;
    auth.tenant = u"contoso.onmicrosoft.com"_s;
    config.routes[0].strictOpenAI = true;
    config.routes[0].modelAliases = {{u"fast"_s, u"gpt-4.1-mini"_s}};
    config.modelAliases = {{u"claude-*"_s, backend.name}};
    return config;
}

Config largeConfig() {
    Config config = documentedConfig();
    for (int i = 0; i < 200; ++i) {
        Backend backend = config.backends[0];
        backend.name = u"backend %1"_s.arg(i);
        config.backends.append(backend);
    }
    return config;
}

} // namespace quaygate::test
