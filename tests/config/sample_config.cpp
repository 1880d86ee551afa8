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
    route.backends = {RouteBackend{u"azure-openai"_s}};
    Config config;
    config.backends = {backend};
    config.routes = {route};
    return config;
}

namespace {

const QString someHash = u"sha256:"_s + QString(64, u'a');

/// Rules of which each part has a member that is not known, and some have nothing else.
void addUnknownToRules(Config &config) {
    const QList<UnknownMember> unknown{{u"later"_s, "[1.0,\n 2]"_ba}};
    config.gateway.cors.unknown = unknown;
    config.gateway.traffic.unknown = unknown;
    config.gateway.budget = Budget{5, 0, Budget::Per::Day, 0.8, unknown};
    Route &route = config.routes[0];
    route.retry.emplace().unknown = unknown;
    route.cooldown.unknown = unknown;
    route.timeouts.unknown = unknown;
    route.rules.prompt = {{{u"user"_s, u"x"_s, unknown}}, {}, unknown};
    route.rules.guard.unknown = unknown;
    GuardRule rule;
    rule.builtins = {GuardBuiltin::Ssn};
    rule.unknown = unknown;
    route.rules.guard.response = {rule};
    route.rules.rateLimit = {RateLimit{1, 0, RateLimit::Per::Minute, 0, unknown}};
    config.backends[0].rateLimit = {RateLimit{0, 7, RateLimit::Per::Hour, 3, unknown}};
    ClientKey key{u"語 key"_s, someHash};
    key.rules.prompt.unknown = unknown;
    key.unknown = unknown;
    config.clientKeys = {key};
    config.prices = {ModelPrice{u"gpt \"é\""_s, 0, 1e-7, 0.1, unknown}};
}

/// Every rule, each member other than by itself.
Rules completeRules() {
    Rules rules;
    rules.defaults = {{u"temperature"_s, "0.20"_ba}, {u"metadata"_s, "{\"a\" :\n  [1, 2]}"_ba}};
    rules.overrides = {{u"user"_s, "null"_ba}};
    rules.prompt.prepend = {{u"system"_s, u"Be \"brief\".\n"_s}};
    rules.prompt.append = {{u"developer"_s, u"é"_s}, {u"assistant"_s, u"ok"_s}};
    GuardRule reject{GuardRule::Action::Reject, {u"secret-\\d+"_s, u"\"x\""_s}, {}, 451, u"no"_s};
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::Ssn, GuardBuiltin::CreditCard, GuardBuiltin::Phone,
                     GuardBuiltin::Email, GuardBuiltin::CaSin};
    rules.guard = {{reject, mask}, {mask}, false};
    rules.rateLimit = {{60, 0, RateLimit::Per::Second, 10}, {0, 100'000, RateLimit::Per::Hour}};
    rules.budget = Budget{5'000'000'000'000, 20.25, Budget::Per::Day, 0.5};
    return rules;
}

void setEveryRule(Config &config) {
    using namespace std::chrono_literals;
    GatewaySettings &gateway = config.gateway;
    gateway.clientKeys = GatewaySettings::ClientKeys::Required;
    gateway.cors.allowedOrigins = {u"https://app.example"_s, u"http://[::1]:3000"_s, u"*"_s};
    gateway.metrics = true;
    gateway.traffic = {7, 12, u"2026-01-31T12:00:00Z"_s};
    gateway.budget = Budget{0, 0.01, Budget::Per::Month, 1};
    config.backends[0].rateLimit = {{5, 0, RateLimit::Per::Minute}};
    Route &route = config.routes[0];
    route.match.path = u"/chat/completions"_s;
    route.match.headers = {{u"X-Team"_s, u"blue"_s}, {u"content-type"_s, u"a b"_s}};
    route.match.models = {u"gpt-4*"_s, u"o3"_s};
    route.backends[0].weight = 3;
    route.backends[0].priority = 2;
    route.retry = Retry{5, {429, 503}, 250ms, 1min};
    route.cooldown = {5, 2min};
    route.timeouts = {1min, 10min};
    route.rules = completeRules();
    ClientKey key{u"laptop-scripts"_s, someHash, {u"azure-*"_s}, {u"gpt-4*"_s, u"o3"_s}};
    key.rules = completeRules();
    config.clientKeys = {key};
    config.prices = {ModelPrice{u"gpt-4.1"_s, 2, 8, 0.5}};
}

} // namespace

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
    RouteBackend second{local.name};
    second.unknown = {{u"share"_s, "-0.0"_ba}};
    config.routes[0].backends += second;
    addUnknownToRules(config);
    Route all;
    all.name = u"all"_s;
    all.match.pathPrefix = u"/"_s;
    all.backends = {RouteBackend{u"Simulator"_s}};
    all.modelAliases = {{u"*"_s, u"Simulator"_s}, {u"a \"/~\" é"_s, u"Simulator"_s}};
    config.routes += all;
    config.modelAliases = {{u"gpt-*-mini"_s, u"GPT-4.1-mini"_s}, {u"語"_s, u"Lokal 語"_s}};
    config.desktop = {true, true, true, {{u"widget"_s, "{ }"_ba}}};
    config.unknown = {{u"$schema"_s, "\"config.schema.json\""_ba}, {u"limits"_s, "{}"_ba}};
    return config;
}

Config completeConfig() {
    using namespace std::chrono_literals;
    Config config = documentedConfig();
    config.desktop = {false, true, false};
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
    setEveryRule(config);
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
