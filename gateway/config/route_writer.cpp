#include "gateway/config/config_words.h"
#include "gateway/config/duration.h"
#include "gateway/config/ranges.h"
#include "gateway/config/writers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArray writeMatchHeaders(const QList<HeaderMatch> &headers, int depth) {
    ObjectWriter object(depth);
    for (const HeaderMatch &header : headers)
        object.addText(header.name, header.value);
    return object.json();
}

QByteArray writeMatch(const RouteMatch &match, int depth) {
    ObjectWriter object(depth);
    object.addText(u"pathPrefix", match.pathPrefix);
    object.addTextUnlessEmpty(u"path", match.path);
    if (!match.headers.isEmpty())
        object.add(u"headers", writeMatchHeaders(match.headers, object.innerDepth()));
    if (!match.models.isEmpty())
        object.addTexts(u"models", match.models);
    object.addUnknown(match.unknown);
    return object.json();
}

QByteArray writeRouteBackend(const RouteBackend &backend, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", backend.name);
    if (backend.weight != RouteBackend().weight)
        object.addNumber(u"weight", qint64(backend.weight));
    if (backend.priority != RouteBackend().priority)
        object.addNumber(u"priority", qint64(backend.priority));
    object.addUnknown(backend.unknown);
    return object.json();
}

QByteArray writeRetry(const Retry &retry, int depth) {
    const Retry usual;
    ObjectWriter object(depth);
    if (retry.attempts != usual.attempts)
        object.addNumber(u"attempts", qint64(retry.attempts));
    if (retry.statuses != usual.statuses) {
        QByteArrayList statuses;
        for (const int status : retry.statuses)
            statuses.append(QByteArray::number(status));
        object.add(u"statuses", inlineList(statuses));
    }
    if (retry.backoff != usual.backoff)
        object.addDuration(u"backoff", retry.backoff);
    if (retry.maxWait != usual.maxWait)
        object.addDuration(u"maxWait", retry.maxWait);
    object.addUnknown(retry.unknown);
    return object.json();
}

QByteArray writeCooldown(const Cooldown &cooldown, int depth) {
    const Cooldown usual;
    ObjectWriter object(depth);
    if (cooldown.failures != usual.failures)
        object.addNumber(u"failures", qint64(cooldown.failures));
    if (cooldown.duration != usual.duration)
        object.addDuration(u"duration", cooldown.duration);
    object.addUnknown(cooldown.unknown);
    return object.json();
}

QByteArray writeRouteTimeouts(const RouteTimeouts &timeouts, int depth) {
    const RouteTimeouts usual;
    ObjectWriter object(depth);
    if (timeouts.firstByte != usual.firstByte)
        object.addDuration(u"firstByte", timeouts.firstByte);
    if (timeouts.total != usual.total)
        object.addDuration(u"total", timeouts.total);
    object.addUnknown(timeouts.unknown);
    return object.json();
}

} // namespace

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
    if (route.retry)
        object.add(u"retry", writeRetry(*route.retry, object.innerDepth()));
    if (route.cooldown != Cooldown())
        object.add(u"cooldown", writeCooldown(route.cooldown, object.innerDepth()));
    if (route.timeouts != RouteTimeouts())
        object.add(u"timeouts", writeRouteTimeouts(route.timeouts, object.innerDepth()));
    addRules(object, route.rules);
    object.addUnknown(route.unknown);
    return object.json();
}

} // namespace quaygate
