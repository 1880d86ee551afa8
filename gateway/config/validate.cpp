#include "gateway/config/validate.h"

#include "gateway/config/checks.h"
#include "gateway/config/endpoint.h"
#include "gateway/config/names.h"
#include "gateway/config/validate_aliases.h"
#include "gateway/config/validate_auth.h"
#include "gateway/config/validate_client_keys.h"
#include "gateway/config/validate_headers.h"
#include "gateway/config/validate_prices.h"
#include "gateway/config/validate_routes.h"
#include "gateway/config/validate_rules.h"

#include <QDate>
#include <QRegularExpression>
#include <QUrl>

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

void checkBackends(const Config &config, Findings &findings) {
    for (qsizetype i = 0; i < config.backends.size(); ++i)
        findings.addBelow(u"/backends/%1"_s.arg(i), validate(config.backends[i]));
    checkNamesAreUnique(config.backends, u"/backends"_s, u"backend"_s, findings);
}

void checkAliasesOfAll(const Config &config, Findings &findings) {
    QList<const Backend *> backends;
    for (const Backend &backend : config.backends)
        backends.append(&backend);
    checkAliases(config.modelAliases, findings);
    checkAliasTargets(config.modelAliases, backends, u"the configuration"_s, findings);
}

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
    checkRateLimits(backend.rateLimit, findings);
    return findings.problems();
}

Problems validate(const Config &config) {
    Findings findings;
    if (config.version != Config::currentVersion)
        findings.add(u"/version"_s, u"The version must be %1."_s.arg(Config::currentVersion));
    findings.addBelow(u"/gateway"_s, validate(config.gateway));
    checkBackends(config, findings);
    checkRoutes(config, findings);
    checkAliasesOfAll(config, findings);
    checkClientKeys(config.clientKeys, findings);
    checkPrices(config.prices, findings);
    return findings.problems();
}

} // namespace quaygate
