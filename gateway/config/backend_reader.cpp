#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

SecretReference readSecret(Reading &reading, const Node &node, const QString &pointer) {
    SecretReference secret;
    ObjectReader object(reading, node, pointer, u"“secret”"_s);
    QString kind;
    object.take("kind", kind);
    object.take("name", secret.name);
    if (const auto known = secretKindNamed(kind))
        secret.kind = *known;
    else if (node.type == Node::Type::Object)
        object.add("kind", u"\"kind\" must be \"keychain\" or \"env\"."_s);
    secret.unknown = object.rest();
    return secret;
}

Auth readAuth(Reading &reading, const Node &node, const QString &pointer) {
    Auth auth;
    ObjectReader object(reading, node, pointer, u"“auth”"_s);
    QString kind;
    object.take("kind", kind);
    object.take("name", auth.name);
    object.take("header", auth.header);
    object.take("tenantId", auth.tenantId);
    object.take("clientId", auth.clientId);
    takeObject(reading, object, "secret", auth.secret, readSecret);
    object.take("authority", auth.authority);
    object.take("scope", auth.scope);
    object.take("endpoint", auth.endpoint);
    object.take("tenant", auth.tenant);
    if (const auto known = authKindNamed(kind))
        auth.kind = *known;
    else if (node.type == Node::Type::Object)
        object.add("kind", u"\"kind\" must be %1."_s.arg(authKindList()));
    auth.unknown = object.rest();
    return auth;
}

/// An object whose members are headers, every one of them.
QList<BackendHeader> readHeaders(Reading &reading, const Node &node, const QString &pointer) {
    QList<BackendHeader> headers;
    ObjectReader object(reading, node, pointer, u"“headers”"_s);
    for (const Node::Member &member : node.members) {
        BackendHeader header{QString::fromUtf8(member.key), {}};
        object.take(member.key, header.value);
        headers.append(header);
    }
    return headers;
}

Provider readProvider(ObjectReader &object) {
    QString name = providerName(Provider::AzureOpenAi);
    object.take("provider", name);
    const auto known = providerNamed(name);
    if (!known)
        object.add("provider", u"\"provider\" must be \"azure-openai\" or \"anthropic\"."_s);
    return known.value_or(Provider::AzureOpenAi);
}

BackendTimeouts readTimeouts(Reading &reading, const Node &node, const QString &pointer) {
    BackendTimeouts timeouts;
    ObjectReader object(reading, node, pointer, u"“timeouts”"_s);
    object.take("connect", timeouts.connect);
    object.take("firstByte", timeouts.firstByte);
    object.take("idle", timeouts.idle);
    object.take("total", timeouts.total);
    timeouts.unknown = object.rest();
    return timeouts;
}

BackendTls readTls(Reading &reading, const Node &node, const QString &pointer) {
    BackendTls tls;
    ObjectReader object(reading, node, pointer, u"“tls”"_s);
    object.take("caFile", tls.caFile);
    object.take("minVersion", tls.minVersion);
    tls.unknown = object.rest();
    return tls;
}

} // namespace

Backend readBackend(Reading &reading, const Node &node, const QString &pointer) {
    Backend backend;
    ObjectReader object(reading, node, pointer, u"A backend"_s);
    object.take("name", backend.name);
    object.take("endpoint", backend.endpoint);
    object.take("deploymentName", backend.deploymentName);
    object.take("apiVersion", backend.apiVersion);
    if (const Node *const auth = object.takeNode("auth"))
        backend.auth = readAuth(reading, *auth, object.pointerTo("auth"));
    else if (node.type == Node::Type::Object)
        object.add("auth", u"\"auth\" is missing: write {\"kind\": \"keychain\", \"name\": \"…\"} "
                           "with the name of the secret."_s);
    backend.provider = readProvider(object);
    takeObject(reading, object, "headers", backend.headers, readHeaders);
    takeObject(reading, object, "timeouts", backend.timeouts, readTimeouts);
    takeObject(reading, object, "tls", backend.tls, readTls);
    object.take("http2", backend.http2);
    object.take("proxy", backend.proxy);
    object.takeWholeNumber("maxConnections", maxConnectionsRange, backend.maxConnections);
    backend.rateLimit = takeRateLimits(reading, object);
    backend.unknown = object.rest();
    return backend;
}

} // namespace quaygate
