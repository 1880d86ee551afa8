#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

/// An object whose members are headers, every one of them.
QList<HeaderMatch> readMatchHeaders(Reading &reading, const Node &node, const QString &pointer) {
    QList<HeaderMatch> headers;
    ObjectReader object(reading, node, pointer, u"“headers”"_s);
    for (const Node::Member &member : node.members) {
        HeaderMatch header{QString::fromUtf8(member.key), {}};
        object.take(member.key, header.value);
        headers.append(header);
    }
    return headers;
}

RouteMatch readMatch(Reading &reading, const Node &node, const QString &pointer) {
    RouteMatch match;
    ObjectReader object(reading, node, pointer, u"“match”"_s);
    object.take("pathPrefix", match.pathPrefix);
    object.take("path", match.path);
    takeObject(reading, object, "headers", match.headers, readMatchHeaders);
    object.take("models", match.models);
    match.unknown = object.rest();
    return match;
}

RouteBackend readRouteBackend(Reading &reading, const Node &node, const QString &pointer) {
    RouteBackend backend;
    ObjectReader object(reading, node, pointer, u"A backend of a route"_s);
    object.take("name", backend.name);
    object.takeWholeNumber("weight", weightRange, backend.weight);
    object.takeWholeNumber("priority", priorityRange, backend.priority);
    backend.unknown = object.rest();
    return backend;
}

Retry readRetry(Reading &reading, const Node &node, const QString &pointer) {
    Retry retry;
    ObjectReader object(reading, node, pointer, u"“retry”"_s);
    object.takeWholeNumber("attempts", attemptsRange, retry.attempts);
    object.takeWholeNumbers("statuses", errorStatusRange, retry.statuses);
    object.take("backoff", retry.backoff);
    object.take("maxWait", retry.maxWait);
    retry.unknown = object.rest();
    return retry;
}

Cooldown readCooldown(Reading &reading, const Node &node, const QString &pointer) {
    Cooldown cooldown;
    ObjectReader object(reading, node, pointer, u"“cooldown”"_s);
    object.takeWholeNumber("failures", failuresRange, cooldown.failures);
    object.take("duration", cooldown.duration);
    cooldown.unknown = object.rest();
    return cooldown;
}

RouteTimeouts readRouteTimeouts(Reading &reading, const Node &node, const QString &pointer) {
    RouteTimeouts timeouts;
    ObjectReader object(reading, node, pointer, u"“timeouts”"_s);
    object.take("firstByte", timeouts.firstByte);
    object.take("total", timeouts.total);
    timeouts.unknown = object.rest();
    return timeouts;
}

} // namespace

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
    takeObject(reading, object, "match", route.match, readMatch);
    route.backends = takeList(reading, object, "backends", readRouteBackend);
    takeObject(reading, object, "modelAliases", route.modelAliases, readAliases);
    object.take("strictOpenAI", route.strictOpenAI);
    if (const Node *const retry = object.takeNode("retry"))
        route.retry = readRetry(reading, *retry, object.pointerTo("retry"));
    takeObject(reading, object, "cooldown", route.cooldown, readCooldown);
    takeObject(reading, object, "timeouts", route.timeouts, readRouteTimeouts);
    route.rules = takeRules(reading, object);
    route.unknown = object.rest();
    return route;
}

} // namespace quaygate
