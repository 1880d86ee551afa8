#include "gateway/config/checks.h"
#include "gateway/config/validate.h"
#include "gateway/config/validate_rules.h"

#include <QDateTime>
#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

void checkAddress(const QString &text, Findings &findings) {
    QHostAddress address;
    const bool literal =
        address.setAddress(text) && (address.protocol() == QAbstractSocket::IPv6Protocol ||
                                     address.toString() == text); // not 127.1 and the like
    if (!literal && text != "localhost"_L1)
        findings.add(u"/address"_s,
                     u"The gateway's address must be an IP address of this machine, such as "
                     "127.0.0.1 or ::1, or localhost."_s);
}

/// Compared as a text with what browsers send, so it must be spelled as they do. "null" is what
/// every page without an origin sends, a foreign one too.
QString originProblem(const QString &origin) {
    static const QRegularExpression shape(
        uR"(\A([a-z][a-z0-9+.-]*)://([a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?\z)"_s);
    if (origin == "*"_L1)
        return {};
    const QRegularExpressionMatch match = shape.match(origin);
    if (!match.hasMatch())
        return u"An origin is a scheme, a host and perhaps a port, in lower case and without a "
               "path, as in https://app.example or http://localhost:3000; or * for all."_s;
    const QString scheme = match.captured(1);
    const QString port = match.captured(3);
    if ((scheme == "https"_L1 && port == "443"_L1) || (scheme == "http"_L1 && port == "80"_L1))
        return u"Browsers leave out the port %1 of %2; leave it out here too."_s.arg(port, scheme);
    if (port.startsWith(u'0') || port.toInt() > portRange.to)
        return u"The port of an origin is a number from 1 to 65535."_s;
    return {};
}

void checkCors(const Cors &cors, Findings &findings) {
    for (qsizetype i = 0; i < cors.allowedOrigins.size(); ++i)
        findings.addUnlessEmpty(u"/cors/allowedOrigins/%1"_s.arg(i),
                                originProblem(cors.allowedOrigins[i]));
}

bool isUtcTime(const QString &text) {
    static const QRegularExpression shape(uR"(\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z)"_s);
    return shape.match(text).hasMatch() && QDateTime::fromString(text, Qt::ISODate).isValid();
}

void checkTraffic(const TrafficSettings &traffic, Findings &findings) {
    checkNumber(u"/traffic/days"_s, traffic.days, daysRange, findings);
    checkNumber(u"/traffic/megabytes"_s, traffic.megabytes, megabytesRange, findings);
    if (!traffic.bodiesUntil.isEmpty() && !isUtcTime(traffic.bodiesUntil))
        findings.add(u"/traffic/bodiesUntil"_s,
                     u"\"bodiesUntil\" must be a time in UTC, as in 2026-01-31T12:00:00Z; leave it "
                     "out to remember no bodies."_s);
}

} // namespace

Problems validate(const GatewaySettings &gateway) {
    Findings findings;
    checkNumber(u"/workers"_s, gateway.workers, workerRange, findings);
    for (const CountLimit &limit : countLimits)
        checkNumber(u"/limits/"_s + QString::fromUtf16(limit.key), gateway.limits.*limit.member,
                    limit.range, findings);
    checkAddress(gateway.address, findings);
    checkCors(gateway.cors, findings);
    checkTraffic(gateway.traffic, findings);
    checkBudget(gateway.budget, findings);
    return findings.problems();
}

} // namespace quaygate
