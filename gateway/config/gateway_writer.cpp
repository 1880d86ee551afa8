#include "gateway/config/config_words.h"
#include "gateway/config/duration.h"
#include "gateway/config/ranges.h"
#include "gateway/config/writers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArray writeLimits(const GatewayLimits &limits, int depth) {
    const GatewayLimits usual;
    ObjectWriter object(depth);
    for (const CountLimit &limit : countLimits)
        if (limits.*limit.member != usual.*limit.member)
            object.addNumber(limit.key, qint64(limits.*limit.member));
    for (const TimeLimit &limit : timeLimits)
        if (limits.*limit.member != usual.*limit.member)
            object.addDuration(limit.key, limits.*limit.member);
    object.addUnknown(limits.unknown);
    return object.json();
}

QByteArray writeCors(const Cors &cors, int depth) {
    ObjectWriter object(depth);
    if (!cors.allowedOrigins.isEmpty())
        object.addTexts(u"allowedOrigins", cors.allowedOrigins);
    object.addUnknown(cors.unknown);
    return object.json();
}

QByteArray writeTraffic(const TrafficSettings &traffic, int depth) {
    const TrafficSettings usual;
    ObjectWriter object(depth);
    if (traffic.days != usual.days)
        object.addNumber(u"days", qint64(traffic.days));
    if (traffic.megabytes != usual.megabytes)
        object.addNumber(u"megabytes", qint64(traffic.megabytes));
    object.addTextUnlessEmpty(u"bodiesUntil", traffic.bodiesUntil);
    object.addUnknown(traffic.unknown);
    return object.json();
}

} // namespace

QByteArray writeGateway(const GatewaySettings &gateway, int depth) {
    ObjectWriter object(depth);
    object.addText(u"address", gateway.address);
    object.addNumber(u"port", qint64(gateway.port));
    if (gateway.workers != 0)
        object.addNumber(u"workers", qint64(gateway.workers));
    if (gateway.limits != GatewayLimits())
        object.add(u"limits", writeLimits(gateway.limits, object.innerDepth()));
    if (gateway.clientKeys != GatewaySettings::ClientKeys::Off)
        object.addText(u"clientKeys", wordOf(gateway.clientKeys));
    if (gateway.cors != Cors())
        object.add(u"cors", writeCors(gateway.cors, object.innerDepth()));
    if (gateway.metrics)
        object.add(u"metrics", "true"_ba);
    if (gateway.traffic != TrafficSettings())
        object.add(u"traffic", writeTraffic(gateway.traffic, object.innerDepth()));
    addBudget(object, gateway.budget);
    object.addUnknown(gateway.unknown);
    return object.json();
}

} // namespace quaygate
