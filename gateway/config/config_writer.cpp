#include "gateway/config/config_json.h"
#include "gateway/config/config_words.h"
#include "gateway/config/duration.h"
#include "gateway/config/ranges.h"
#include "gateway/json/json_text.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The members of an object being written, each as JSON indented for `depth`.
class ObjectWriter {
public:
    explicit ObjectWriter(int depth) : m_depth(depth) {}

    int innerDepth() const { return m_depth + 1; }

    void add(QStringView key, const QByteArray &json) {
        m_members.append({json::quote(key), json});
    }
    void addText(QStringView key, const QString &text) { add(key, json::quote(text)); }
    void addTextUnlessEmpty(QStringView key, const QString &text) {
        if (!text.isEmpty())
            addText(key, text);
    }
    void addUnknown(const QList<UnknownMember> &unknown) {
        for (const UnknownMember &member : unknown)
            add(member.key, member.json);
    }

    QByteArray json() const {
        if (m_members.isEmpty())
            return "{}"_ba;
        QByteArrayList lines;
        for (const Member &member : m_members)
            lines.append(QByteArray(2 * innerDepth(), ' ') + member.key + ": " + member.json);
        return "{\n" + lines.join(",\n") + '\n' + QByteArray(2 * m_depth, ' ') + '}';
    }

private:
    struct Member {
        QByteArray key;
        QByteArray json;
    };

    int m_depth;
    QList<Member> m_members;
};

template<typename T>
QByteArray writeList(const QList<T> &list, int depth, QByteArray (*writeOne)(const T &, int)) {
    if (list.isEmpty())
        return "[]"_ba;
    QByteArrayList lines;
    for (const T &item : list)
        lines.append(QByteArray(2 * (depth + 1), ' ') + writeOne(item, depth + 1));
    return "[\n" + lines.join(",\n") + '\n' + QByteArray(2 * depth, ' ') + ']';
}

/// What is as it would be without being written is left out.
QByteArray writeLimits(const GatewayLimits &limits, int depth) {
    const GatewayLimits usual;
    ObjectWriter object(depth);
    for (const CountLimit &limit : countLimits)
        if (limits.*limit.member != usual.*limit.member)
            object.add(limit.key, QByteArray::number(limits.*limit.member));
    for (const TimeLimit &limit : timeLimits)
        if (limits.*limit.member != usual.*limit.member)
            object.addText(limit.key, formatDuration(limits.*limit.member));
    object.addUnknown(limits.unknown);
    return object.json();
}

QByteArray writeGateway(const GatewaySettings &gateway, int depth) {
    ObjectWriter object(depth);
    object.addText(u"address", gateway.address);
    object.add(u"port", QByteArray::number(gateway.port));
    if (gateway.workers != 0)
        object.add(u"workers", QByteArray::number(gateway.workers));
    if (gateway.limits != GatewayLimits())
        object.add(u"limits", writeLimits(gateway.limits, object.innerDepth()));
    object.addUnknown(gateway.unknown);
    return object.json();
}

QByteArray writeSecret(const SecretReference &secret, int depth) {
    ObjectWriter object(depth);
    object.addText(u"kind", secretKindName(secret.kind));
    object.addTextUnlessEmpty(u"name", secret.name);
    object.addUnknown(secret.unknown);
    return object.json();
}

QByteArray writeAuth(const Auth &auth, int depth) {
    ObjectWriter object(depth);
    object.addText(u"kind", authKindName(auth.kind));
    object.addTextUnlessEmpty(u"name", auth.name);
    object.addTextUnlessEmpty(u"header", auth.header);
    object.addTextUnlessEmpty(u"tenantId", auth.tenantId);
    object.addTextUnlessEmpty(u"clientId", auth.clientId);
    if (auth.secret != SecretReference())
        object.add(u"secret", writeSecret(auth.secret, object.innerDepth()));
    object.addTextUnlessEmpty(u"authority", auth.authority);
    object.addTextUnlessEmpty(u"scope", auth.scope);
    object.addTextUnlessEmpty(u"endpoint", auth.endpoint);
    object.addTextUnlessEmpty(u"tenant", auth.tenant);
    object.addUnknown(auth.unknown);
    return object.json();
}

QByteArray writeHeaders(const QList<BackendHeader> &headers, int depth) {
    ObjectWriter object(depth);
    for (const BackendHeader &header : headers)
        object.addText(header.name, header.value);
    return object.json();
}

/// What is as it would be without being written is left out.
QByteArray writeTimeouts(const BackendTimeouts &timeouts, int depth) {
    const BackendTimeouts usual;
    ObjectWriter object(depth);
    if (timeouts.connect != usual.connect)
        object.addText(u"connect", formatDuration(timeouts.connect));
    if (timeouts.firstByte != usual.firstByte)
        object.addText(u"firstByte", formatDuration(timeouts.firstByte));
    if (timeouts.idle != usual.idle)
        object.addText(u"idle", formatDuration(timeouts.idle));
    if (timeouts.total != usual.total)
        object.addText(u"total", formatDuration(timeouts.total));
    object.addUnknown(timeouts.unknown);
    return object.json();
}

QByteArray writeTls(const BackendTls &tls, int depth) {
    ObjectWriter object(depth);
    object.addTextUnlessEmpty(u"caFile", tls.caFile);
    if (tls.minVersion != BackendTls().minVersion)
        object.addText(u"minVersion", tls.minVersion);
    object.addUnknown(tls.unknown);
    return object.json();
}

QByteArray writeBackend(const Backend &backend, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", backend.name);
    object.addText(u"endpoint", backend.endpoint);
    object.addTextUnlessEmpty(u"deploymentName", backend.deploymentName);
    object.addTextUnlessEmpty(u"apiVersion", backend.apiVersion);
    if (backend.provider != Provider::AzureOpenAi)
        object.addText(u"provider", providerName(backend.provider));
    object.add(u"auth", writeAuth(backend.auth, object.innerDepth()));
    if (!backend.headers.isEmpty())
        object.add(u"headers", writeHeaders(backend.headers, object.innerDepth()));
    if (backend.timeouts != BackendTimeouts())
        object.add(u"timeouts", writeTimeouts(backend.timeouts, object.innerDepth()));
    if (backend.tls != BackendTls())
        object.add(u"tls", writeTls(backend.tls, object.innerDepth()));
    if (backend.http2)
        object.add(u"http2", "true"_ba);
    object.addTextUnlessEmpty(u"proxy", backend.proxy);
    if (backend.maxConnections != 0)
        object.add(u"maxConnections", QByteArray::number(backend.maxConnections));
    object.addUnknown(backend.unknown);
    return object.json();
}

QByteArray writeMatch(const RouteMatch &match, int depth) {
    ObjectWriter object(depth);
    object.addText(u"pathPrefix", match.pathPrefix);
    object.addUnknown(match.unknown);
    return object.json();
}

QByteArray writeRouteBackend(const RouteBackend &backend, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", backend.name);
    object.addUnknown(backend.unknown);
    return object.json();
}

QByteArray writeAliases(const QList<ModelAlias> &aliases, int depth) {
    ObjectWriter object(depth);
    for (const ModelAlias &alias : aliases)
        object.addText(alias.name, alias.target);
    return object.json();
}

QByteArray writeRoute(const Route &route, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", route.name);
    object.add(u"match", writeMatch(route.match, object.innerDepth()));
    object.add(u"backends", writeList(route.backends, object.innerDepth(), writeRouteBackend));
    if (!route.modelAliases.isEmpty())
        object.add(u"modelAliases", writeAliases(route.modelAliases, object.innerDepth()));
    if (route.strictOpenAI)
        object.add(u"strictOpenAI", "true"_ba);
    object.addUnknown(route.unknown);
    return object.json();
}

} // namespace

QByteArray writeConfig(const Config &config) {
    ObjectWriter object(0);
    object.add(u"version", QByteArray::number(config.version));
    object.add(u"gateway", writeGateway(config.gateway, object.innerDepth()));
    object.add(u"backends", writeList(config.backends, object.innerDepth(), writeBackend));
    object.add(u"routes", writeList(config.routes, object.innerDepth(), writeRoute));
    if (!config.modelAliases.isEmpty())
        object.add(u"modelAliases", writeAliases(config.modelAliases, object.innerDepth()));
    object.addUnknown(config.unknown);
    return object.json() + '\n';
}

} // namespace quaygate
