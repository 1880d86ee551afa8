#include "ui/routes/route_edits.h"

#include "gateway/config/validate.h"
#include "ui/backends/backend_edits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

qsizetype indexOf(const QList<Route> &routes, const QString &name) {
    const auto found = std::find_if(routes.begin(), routes.end(),
                                    [&](const Route &route) { return route.name == name; });
    return found == routes.end() ? -1 : found - routes.begin();
}

} // namespace

Route newRoute(const Config &config, const QString &backend) {
    const auto isTaken = [&](const QString &name) {
        return std::any_of(config.routes.begin(), config.routes.end(), [&](const Route &route) {
            return route.name == name || route.match.pathPrefix == u'/' + name;
        });
    };
    Route route;
    route.name = uniqueName(u"azure-openai"_s, isTaken);
    route.match.pathPrefix = u'/' + route.name;
    route.backends = {RouteBackend{backend}};
    return route;
}

Config withRoute(Config config, const QString &oldName, const Route &route) {
    const qsizetype index = oldName.isEmpty() ? -1 : indexOf(config.routes, oldName);
    if (index < 0) {
        config.routes.append(route);
        return config;
    }
    config.routes[index] = route;
    for (ClientKey &key : config.clientKeys)
        std::replace(key.routes.begin(), key.routes.end(), oldName, route.name);
    return config;
}

Config withoutRoute(Config config, const QString &name) {
    config.routes.removeIf([&](const Route &route) { return route.name == name; });
    return config;
}

Config withRouteRestored(Config now, const Config &before, const QString &name) {
    const qsizetype index = indexOf(before.routes, name);
    if (index >= 0 && !now.findRoute(name))
        now.routes.insert(std::min(index, now.routes.size()), before.routes.at(index));
    return now;
}

Problems routeProblems(const Config &config, const QString &oldName, const Route &route) {
    const qsizetype old = oldName.isEmpty() ? -1 : indexOf(config.routes, oldName);
    Config probe = withRoute(config, oldName, route);
    // At the end, so that what it has in common with another one is told of it.
    const qsizetype last = probe.routes.size() - 1;
    if (old >= 0)
        probe.routes.move(old, last);
    const QString place = u"/routes/%1"_s.arg(last);
    Problems problems;
    for (Problem problem : validate(probe)) {
        if (problem.pointer != place && !problem.pointer.startsWith(place + u'/'))
            continue;
        problem.pointer.remove(0, place.size());
        problems.append(problem);
    }
    return problems;
}

} // namespace quaygate
