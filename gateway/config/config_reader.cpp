#include "gateway/config/config_json.h"
#include "gateway/config/config_words.h"
#include "gateway/config/object_reader.h"
#include "gateway/config/validate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

template<typename Limit>
QByteArray keyOf(const Limit &limit) {
    return QStringView(limit.key).toLatin1();
}

GatewayLimits readLimits(Reading &reading, const Node &node, const QString &pointer) {
    GatewayLimits limits;
    ObjectReader object(reading, node, pointer, u"“limits”"_s);
    for (const CountLimit &limit : countLimits)
        object.takeWholeNumber(keyOf(limit), limit.range, limits.*limit.member);
    for (const TimeLimit &limit : timeLimits)
        object.take(keyOf(limit), limits.*limit.member);
    limits.unknown = object.rest();
    return limits;
}

GatewaySettings readGateway(Reading &reading, const Node &node, const QString &pointer) {
    GatewaySettings gateway;
    ObjectReader object(reading, node, pointer, u"“gateway”"_s);
    object.take("address", gateway.address);
    int port = gateway.port;
    object.takeWholeNumber("port", portRange, port);
    gateway.port = static_cast<quint16>(port);
    object.takeWholeNumber("workers", workerRange, gateway.workers);
    if (const Node *const limits = object.takeNode("limits"))
        gateway.limits = readLimits(reading, *limits, object.pointerTo("limits"));
    gateway.unknown = object.rest();
    return gateway;
}

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
    if (const Node *const secret = object.takeNode("secret"))
        auth.secret = readSecret(reading, *secret, object.pointerTo("secret"));
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
    if (const Node *const headers = object.takeNode("headers"))
        backend.headers = readHeaders(reading, *headers, object.pointerTo("headers"));
    if (const Node *const timeouts = object.takeNode("timeouts"))
        backend.timeouts = readTimeouts(reading, *timeouts, object.pointerTo("timeouts"));
    if (const Node *const tls = object.takeNode("tls"))
        backend.tls = readTls(reading, *tls, object.pointerTo("tls"));
    object.take("http2", backend.http2);
    object.take("proxy", backend.proxy);
    object.takeWholeNumber("maxConnections", maxConnectionsRange, backend.maxConnections);
    backend.unknown = object.rest();
    return backend;
}

RouteMatch readMatch(Reading &reading, const Node &node, const QString &pointer) {
    RouteMatch match;
    ObjectReader object(reading, node, pointer, u"“match”"_s);
    object.take("pathPrefix", match.pathPrefix);
    match.unknown = object.rest();
    return match;
}

RouteBackend readRouteBackend(Reading &reading, const Node &node, const QString &pointer) {
    RouteBackend backend;
    ObjectReader object(reading, node, pointer, u"A backend of a route"_s);
    object.take("name", backend.name);
    backend.unknown = object.rest();
    return backend;
}

/// Reads every element of a member that is a list.
template<typename T>
QList<T> readList(Reading &reading, ObjectReader &object, QByteArrayView key,
                  T (*readOne)(Reading &, const Node &, const QString &)) {
    QList<T> list;
    for (const Node &element : object.takeArray(key))
        list.append(
            readOne(reading, element, object.pointerTo(key) + u'/' + QString::number(list.size())));
    return list;
}

/// An object whose members are aliases, every one of them.
QList<ModelAlias> readAliases(Reading &reading, const Node &node, const QString &pointer) {
    QList<ModelAlias> aliases;
    ObjectReader object(reading, node, pointer, u"“modelAliases”"_s);
    for (const Node::Member &member : node.members) {
        ModelAlias alias{QString::fromUtf8(member.key), {}};
        object.take(member.key, alias.target);
        aliases.append(alias);
    }
    return aliases;
}

Route readRoute(Reading &reading, const Node &node, const QString &pointer) {
    Route route;
    ObjectReader object(reading, node, pointer, u"A route"_s);
    object.take("name", route.name);
    if (const Node *const match = object.takeNode("match"))
        route.match = readMatch(reading, *match, object.pointerTo("match"));
    route.backends = readList(reading, object, "backends", readRouteBackend);
    if (const Node *const aliases = object.takeNode("modelAliases"))
        route.modelAliases = readAliases(reading, *aliases, object.pointerTo("modelAliases"));
    object.take("strictOpenAI", route.strictOpenAI);
    route.unknown = object.rest();
    return route;
}

/// False if the rest of the file must not be read: it may mean something else in a newer version.
bool readVersion(ObjectReader &object, Reading &reading, int &version) {
    const qsizetype problemsBefore = reading.problems.size();
    int read = 0;
    object.takeWholeNumber("version", {1, 1'000'000}, read);
    if (read > Config::currentVersion) {
        object.add("version", u"The file was written by a newer Quaygate (version %1); this one "
                              "reads version %2."_s.arg(read)
                                  .arg(Config::currentVersion));
        return false;
    }
    if (read == 0 && reading.problems.size() == problemsBefore)
        object.add("version",
                   u"The version of the file's layout is missing: write \"version\": %1."_s.arg(
                       Config::currentVersion));
    version = Config::currentVersion;
    return true;
}

Config readConfig(Reading &reading, const Node &root) {
    Config config;
    ObjectReader object(reading, root, QString(), u"The configuration"_s);
    if (root.type != Node::Type::Object || !readVersion(object, reading, config.version))
        return config;
    if (const Node *const gateway = object.takeNode("gateway"))
        config.gateway = readGateway(reading, *gateway, object.pointerTo("gateway"));
    config.backends = readList(reading, object, "backends", readBackend);
    config.routes = readList(reading, object, "routes", readRoute);
    if (const Node *const aliases = object.takeNode("modelAliases"))
        config.modelAliases = readAliases(reading, *aliases, object.pointerTo("modelAliases"));
    config.unknown = object.rest();
    return config;
}

/// Where the text has what `pointer` (of known members and indices) points to, or would have it.
const Node &nearestNode(const Node &root, const QString &pointer) {
    const Node *node = &root;
    const QStringList steps = pointer.mid(1).split(u'/');
    for (const QString &step : steps) {
        const Node *next = nullptr;
        if (node->type == Node::Type::Object)
            next = node->find(step.toUtf8());
        else if (node->type == Node::Type::Array && step.toUInt() < node->elements.size())
            next = &node->elements[step.toUInt()];
        if (next == nullptr)
            break;
        node = next;
    }
    return *node;
}

/// True if there is a problem with that place already, or with something that it is a part of; what
/// the validation says about the value that stands in for it would only confuse.
bool isFollowUp(const QString &pointer, const Problems &problems) {
    return std::any_of(problems.begin(), problems.end(), [&](const Problem &problem) {
        return pointer == problem.pointer || pointer.startsWith(problem.pointer + u'/');
    });
}

void addValidation(Reading &reading, const Node &root, const Config &config) {
    const Problems structure = reading.problems;
    const Problems found = validate(config);
    for (const Problem &problem : found) {
        if (reading.isFull())
            break;
        if (!isFollowUp(problem.pointer, structure))
            reading.add(nearestNode(root, problem.pointer), problem.pointer, problem.message);
    }
    std::stable_sort(reading.problems.begin(), reading.problems.end(),
                     [](const Problem &a, const Problem &b) { return a.line < b.line; });
}

} // namespace

ParsedConfig parseConfig(const QByteArray &text) {
    QByteArrayView view(text);
    if (view.startsWith(byteOrderMark)) // some editors put it there
        view = view.sliced(byteOrderMark.size());
    const json::Parsed parsed = json::parse(view);
    if (!parsed.ok) {
        const QString message = u"This is not JSON: column %1: %2."_s.arg(
            QString::number(parsed.error.column), parsed.error.message);
        return {{}, {{parsed.error.line, {}, message}}};
    }
    Reading reading{view, {}};
    const Config config = readConfig(reading, parsed.root);
    addValidation(reading, parsed.root, config);
    return {config, reading.problems};
}

} // namespace quaygate
