#include "gateway/config/validate_routes.h"

#include "gateway/config/checks.h"
#include "gateway/config/names.h"
#include "gateway/config/path_prefix.h"
#include "gateway/config/validate.h"
#include "gateway/config/validate_aliases.h"
#include "gateway/config/validate_headers.h"
#include "gateway/config/validate_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// What a route matches, in one spelling; empty if there is no prefix.
QString comparableMatch(const RouteMatch &match) {
    const QString prefix = comparablePathPrefix(match.pathPrefix);
    if (prefix.isEmpty())
        return {};
    QStringList headers;
    for (const HeaderMatch &header : match.headers)
        headers.append(header.name.toLower() + u':' + header.value);
    QStringList models;
    for (const QString &model : match.models)
        models.append(model.toLower());
    headers.sort();
    models.sort();
    const QStringList parts{prefix, comparablePathPrefix(match.path), headers.join(u'\n'),
                            models.join(u'\n')};
    return parts.join(QChar(0));
}

void checkRoutesAreUnique(const QList<Route> &routes, Findings &findings) {
    checkNamesAreUnique(routes, u"/routes"_s, u"route"_s, findings);
    checkUnique(
        routes, [](const Route &route) { return comparableMatch(route.match); },
        [](qsizetype i) { return u"/routes/%1/match/pathPrefix"_s.arg(i); },
        [](const Route &other) {
            return u"The route “%1” has the same path prefix and matches the same requests; only "
                   "one of them could ever be used. Give this one another prefix, a path, a header "
                   "or a model."_s.arg(other.name);
        },
        findings);
}

void checkMatch(const RouteMatch &match, Findings &findings) {
    findings.addUnlessEmpty(u"/match/pathPrefix"_s, pathPrefixProblem(match.pathPrefix));
    if (!match.path.isEmpty())
        findings.addUnlessEmpty(u"/match/path"_s, pathProblem(u"The path"_s, match.path));
    Findings headers;
    checkMatchHeaders(match.headers, headers);
    findings.addBelow(u"/match"_s, headers.problems());
    for (qsizetype i = 0; i < match.models.size(); ++i)
        findings.addUnlessEmpty(u"/match/models/%1"_s.arg(i), namePatternProblem(match.models[i]));
}

void checkBackendsOf(const Route &route, Findings &findings) {
    if (route.backends.isEmpty())
        return findings.add(u"/backends"_s, u"A route needs at least one backend."_s);
    for (qsizetype i = 0; i < route.backends.size(); ++i) {
        const RouteBackend &backend = route.backends[i];
        const QString place = u"/backends/%1"_s.arg(i);
        if (backend.name.isEmpty())
            findings.add(place + u"/name"_s, u"The name of a backend is missing."_s);
        checkNumber(place + u"/weight"_s, backend.weight, weightRange, findings);
        checkNumber(place + u"/priority"_s, backend.priority, priorityRange, findings);
    }
    if (std::all_of(route.backends.begin(), route.backends.end(),
                    [](const RouteBackend &backend) { return backend.weight == 0; }))
        findings.add(u"/backends"_s, u"Every backend of this route has the weight 0, so that none "
                                     "would be used; give one of them more."_s);
    checkUnique(
        route.backends, [](const RouteBackend &backend) { return backend.name; },
        [](qsizetype i) { return u"/backends/%1/name"_s.arg(i); },
        [](const RouteBackend &other) {
            return u"The backend “%1” stands twice in this route; remove one."_s.arg(other.name);
        },
        findings);
}

void checkResilience(const Route &route, Findings &findings) {
    if (route.retry) {
        checkNumber(u"/retry/attempts"_s, route.retry->attempts, attemptsRange, findings);
        for (qsizetype i = 0; i < route.retry->statuses.size(); ++i)
            if (!errorStatusRange.holds(route.retry->statuses[i]))
                findings.add(
                    u"/retry/statuses/%1"_s.arg(i),
                    u"Each of \"statuses\" must be %1."_s.arg(wholeNumberRule(errorStatusRange)));
    }
    checkNumber(u"/cooldown/failures"_s, route.cooldown.failures, failuresRange, findings);
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

} // namespace

Problems validate(const Route &route) {
    Findings findings;
    findings.addUnlessEmpty(u"/name"_s, nameProblem(u"A route"_s, route.name));
    checkMatch(route.match, findings);
    checkBackendsOf(route, findings);
    checkAliases(route.modelAliases, findings);
    checkResilience(route, findings);
    checkRules(route.rules, findings);
    return findings.problems();
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
    checkRoutesAreUnique(config.routes, findings);
}

} // namespace quaygate
