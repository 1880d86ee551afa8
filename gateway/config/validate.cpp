#include "gateway/config/validate.h"

#include "gateway/config/endpoint.h"
#include "gateway/config/findings.h"
#include "gateway/config/names.h"
#include "gateway/config/path_prefix.h"
#include "gateway/config/ranges.h"
#include "gateway/config/validate_aliases.h"
#include "gateway/config/validate_auth.h"
#include "gateway/config/validate_headers.h"

#include <QDate>
#include <QHash>
#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

bool isDated(const QString &apiVersion) {
    static const QRegularExpression dated(uR"(\A(\d{4}-\d{2}-\d{2})(-preview)?\z)"_s);
    const QRegularExpressionMatch match = dated.match(apiVersion);
    return match.hasMatch() && QDate::fromString(match.captured(1), Qt::ISODate).isValid();
}

QString apiVersionProblem(const QString &apiVersion) {
    if (apiVersion.isEmpty() || apiVersion == "v1"_L1 || apiVersion == "preview"_L1 ||
        isDated(apiVersion))
        return {};
    return u"The API version must be v1, preview or a date such as 2024-10-21 or "
           "2025-01-01-preview; leave it out for v1."_s;
}

QString deploymentProblem(const Backend &backend) {
    const QString &name = backend.deploymentName;
    if (name.isEmpty() && isDated(backend.apiVersion))
        return u"With a dated API version the deployment name is part of the address: write the "
               "name that the Azure portal shows, or use the API version v1."_s;
    if (name.size() > 256 || hasControlCharacter(name) || isPadded(name))
        return u"A deployment name has at most 256 characters, no control characters and no space "
               "at its ends."_s;
    return {};
}

void checkNumber(const QString &pointer, int number, Range range, Findings &findings) {
    if (!range.holds(number))
        findings.add(pointer, u"\"%1\" must be %2."_s.arg(pointer.section(u'/', -1),
                                                          wholeNumberRule(range)));
}

void checkGateway(const GatewaySettings &gateway, Findings &findings) {
    checkNumber(u"/gateway/workers"_s, gateway.workers, workerRange, findings);
    for (const CountLimit &limit : countLimits)
        checkNumber(u"/gateway/limits/"_s + QString::fromUtf16(limit.key),
                    gateway.limits.*limit.member, limit.range, findings);
    const QString &text = gateway.address;
    QHostAddress address;
    const bool literal =
        address.setAddress(text) && (address.protocol() == QAbstractSocket::IPv6Protocol ||
                                     address.toString() == text); // not 127.1 and the like
    if (!literal && text != "localhost"_L1)
        findings.add(u"/gateway/address"_s,
                     u"The gateway's address must be an IP address of this machine, such as "
                     "127.0.0.1 or ::1, or localhost."_s);
}

/// Finds what stands twice in a list. `keyOf` may give an empty key for what is wrong for another
/// reason.
template<typename T, typename KeyOf, typename MessageOf>
void checkUnique(const QList<T> &list, const QString &place, const QString &member, KeyOf keyOf,
                 MessageOf messageOf, Findings &findings) {
    QHash<QString, qsizetype> first;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString key = keyOf(list[i]);
        if (key.isEmpty())
            continue;
        const auto found = first.constFind(key);
        if (found == first.constEnd())
            first.insert(key, i);
        else
            findings.add(u"%1/%2%3"_s.arg(place, QString::number(i), member),
                         messageOf(list[*found]));
    }
}

void checkBackends(const Config &config, Findings &findings) {
    for (qsizetype i = 0; i < config.backends.size(); ++i)
        findings.addBelow(u"/backends/%1"_s.arg(i), validate(config.backends[i]));
    checkUnique(
        config.backends, u"/backends"_s, u"/name"_s,
        [](const Backend &backend) { return backend.name; },
        [](const Backend &other) {
            return u"There is another backend named “%1”; give this one a name of its own."_s.arg(
                other.name);
        },
        findings);
}

void checkRoutesAreUnique(const Config &config, Findings &findings) {
    checkUnique(
        config.routes, u"/routes"_s, u"/name"_s, [](const Route &route) { return route.name; },
        [](const Route &other) {
            return u"There is another route named “%1”; give this one a name of its own."_s.arg(
                other.name);
        },
        findings);
    checkUnique(
        config.routes, u"/routes"_s, u"/match/pathPrefix"_s,
        [](const Route &route) { return comparablePathPrefix(route.match.pathPrefix); },
        [](const Route &other) {
            return u"The route “%1” has the same path prefix; only one of them could ever be "
                   "used."_s.arg(other.name);
        },
        findings);
}

/// Says nothing of a route with a backend that is not there: that is the problem.
void checkTargets(const Config &config, const Route &route, const QString &place,
                  Findings &findings) {
    QList<const Backend *> backends;
    for (const RouteBackend &one : route.backends)
        backends.append(config.findBackend(one.name));
    Findings found;
    if (!backends.contains(nullptr))
        checkAliasTargets(route.modelAliases, backends, u"this route"_s, found);
    findings.addBelow(place, found.problems());
}

void checkAliasesOfAll(const Config &config, Findings &findings) {
    QList<const Backend *> backends;
    for (const Backend &backend : config.backends)
        backends.append(&backend);
    checkAliases(config.modelAliases, findings);
    checkAliasTargets(config.modelAliases, backends, u"the configuration"_s, findings);
}

void checkRoutes(const Config &config, Findings &findings) {
    for (qsizetype i = 0; i < config.routes.size(); ++i) {
        const QString place = u"/routes/%1"_s.arg(i);
        const Route &route = config.routes[i];
        findings.addBelow(place, validate(route));
        for (qsizetype j = 0; j < route.backends.size(); ++j) {
            const QString &name = route.backends[j].name;
            if (!name.isEmpty() && config.findBackend(name) == nullptr)
                findings.add(
                    u"%1/backends/%2/name"_s.arg(place).arg(j),
                    u"There is no backend named “%1”; add it or name another."_s.arg(name));
        }
        checkTargets(config, route, place, findings);
    }
    checkRoutesAreUnique(config, findings);
}

} // namespace

namespace {

void checkConnection(const Backend &backend, Findings &findings) {
    checkNumber(u"/maxConnections"_s, backend.maxConnections, maxConnectionsRange, findings);
    const QString &version = backend.tls.minVersion;
    if (version != u"1.2" && version != u"1.3")
        findings.add(u"/tls/minVersion"_s, u"\"minVersion\" must be \"1.2\" or \"1.3\"."_s);
    if (backend.proxy.isEmpty())
        return;
    const QUrl proxy(backend.proxy, QUrl::StrictMode);
    const QStringList schemes{u"http"_s,    u"https"_s,  u"socks4"_s,
                              u"socks4a"_s, u"socks5"_s, u"socks5h"_s};
    if (!proxy.isValid() || proxy.host().isEmpty() || !schemes.contains(proxy.scheme()))
        findings.add(u"/proxy"_s, u"The proxy must be a URL such as http://host:port or "
                                  "socks5h://host:port."_s);
    else if (!proxy.userInfo().isEmpty())
        findings.add(u"/proxy"_s,
                     u"The proxy's password must not stand in this file; set it in the "
                     "variable HTTPS_PROXY instead and leave \"proxy\" out."_s);
}

} // namespace

Problems validate(const Backend &backend) {
    Findings findings;
    findings.addUnlessEmpty(u"/name"_s, nameProblem(u"A backend"_s, backend.name));
    // The simulator is on this machine by its nature.
    const Result<Endpoint> endpoint = isSimulator(backend) ? Endpoint{false, u"localhost"_s, 80, {}}
                                                           : parseEndpoint(backend.endpoint);
    if (!endpoint)
        findings.add(u"/endpoint"_s, endpoint.error().message);
    findings.addUnlessEmpty(u"/deploymentName"_s, deploymentProblem(backend));
    findings.addUnlessEmpty(u"/apiVersion"_s, apiVersionProblem(backend.apiVersion));
    checkAuth(backend.auth, endpoint.ok() && !endpoint->isLoopback(), findings);
    checkHeaders(backend.headers, findings);
    checkConnection(backend, findings);
    return findings.problems();
}

Problems validate(const Route &route) {
    Findings findings;
    findings.addUnlessEmpty(u"/name"_s, nameProblem(u"A route"_s, route.name));
    findings.addUnlessEmpty(u"/match/pathPrefix"_s, pathPrefixProblem(route.match.pathPrefix));
    if (route.backends.isEmpty())
        findings.add(u"/backends"_s, u"A route needs at least one backend."_s);
    for (qsizetype i = 0; i < route.backends.size(); ++i) {
        if (route.backends[i].name.isEmpty())
            findings.add(u"/backends/%1/name"_s.arg(i), u"The name of a backend is missing."_s);
    }
    checkUnique(
        route.backends, u"/backends"_s, u"/name"_s,
        [](const RouteBackend &backend) { return backend.name; },
        [](const RouteBackend &other) {
            return u"The backend “%1” stands twice in this route; remove one."_s.arg(other.name);
        },
        findings);
    checkAliases(route.modelAliases, findings);
    return findings.problems();
}

Problems validate(const Config &config) {
    Findings findings;
    if (config.version != Config::currentVersion)
        findings.add(u"/version"_s, u"The version must be %1."_s.arg(Config::currentVersion));
    checkGateway(config.gateway, findings);
    checkBackends(config, findings);
    checkRoutes(config, findings);
    checkAliasesOfAll(config, findings);
    return findings.problems();
}

} // namespace quaygate
