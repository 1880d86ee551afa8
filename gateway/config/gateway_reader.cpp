#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

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

Cors readCors(Reading &reading, const Node &node, const QString &pointer) {
    Cors cors;
    ObjectReader object(reading, node, pointer, u"“cors”"_s);
    object.take("allowedOrigins", cors.allowedOrigins);
    cors.unknown = object.rest();
    return cors;
}

TrafficSettings readTraffic(Reading &reading, const Node &node, const QString &pointer) {
    TrafficSettings traffic;
    ObjectReader object(reading, node, pointer, u"“traffic”"_s);
    object.takeWholeNumber("days", daysRange, traffic.days);
    object.takeWholeNumber("megabytes", megabytesRange, traffic.megabytes);
    object.take("bodiesUntil", traffic.bodiesUntil);
    traffic.unknown = object.rest();
    return traffic;
}

} // namespace

GatewaySettings readGateway(Reading &reading, const json::Node &node, const QString &pointer) {
    GatewaySettings gateway;
    ObjectReader object(reading, node, pointer, u"“gateway”"_s);
    object.take("address", gateway.address);
    int port = gateway.port;
    object.takeWholeNumber("port", portRange, port);
    gateway.port = static_cast<quint16>(port);
    object.takeWholeNumber("workers", workerRange, gateway.workers);
    takeObject(reading, object, "limits", gateway.limits, readLimits);
    takeWord(object, "clientKeys", gateway.clientKeys);
    takeObject(reading, object, "cors", gateway.cors, readCors);
    object.take("metrics", gateway.metrics);
    takeObject(reading, object, "traffic", gateway.traffic, readTraffic);
    gateway.budget = takeBudget(reading, object);
    gateway.unknown = object.rest();
    return gateway;
}

} // namespace quaygate
