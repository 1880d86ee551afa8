#include "ui/backends/backend_edits.h"

#include "gateway/config/validate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

qsizetype indexOf(const QList<Backend> &backends, const QString &name) {
    const auto found = std::find_if(backends.begin(), backends.end(),
                                    [&](const Backend &backend) { return backend.name == name; });
    return found == backends.end() ? -1 : found - backends.begin();
}

bool uses(const Route &route, const QString &backend) {
    return std::any_of(route.backends.begin(), route.backends.end(),
                       [&](const RouteBackend &reference) { return reference.name == backend; });
}

} // namespace

QString uniqueName(const QString &wanted, const std::function<bool(const QString &)> &isTaken) {
    QString name = wanted;
    for (int number = 2; isTaken(name); ++number)
        name = u"%1-%2"_s.arg(wanted).arg(number);
    return name;
}

QString uniqueBackendName(const Config &config, const QString &wanted) {
    return uniqueName(wanted, [&](const QString &name) { return config.findBackend(name); });
}

Config withBackend(Config config, const QString &oldName, const Backend &backend) {
    const qsizetype index = oldName.isEmpty() ? -1 : indexOf(config.backends, oldName);
    if (index < 0) {
        config.backends.append(backend);
        return config;
    }
    config.backends[index] = backend;
    for (Route &route : config.routes)
        for (RouteBackend &reference : route.backends)
            if (reference.name == oldName)
                reference.name = backend.name;
    return config;
}

Config withoutBackend(Config config, const QString &name) {
    config.backends.removeIf([&](const Backend &backend) { return backend.name == name; });
    config.routes.removeIf([&](const Route &route) {
        return route.backends.size() == 1 && route.backends.first().name == name;
    });
    for (Route &route : config.routes)
        route.backends.removeIf(
            [&](const RouteBackend &reference) { return reference.name == name; });
    return config;
}

Config withBackendRestored(Config now, const Config &before, const QString &name) {
    const qsizetype index = indexOf(before.backends, name);
    if (index < 0 || now.findBackend(name))
        return now;
    now.backends.insert(std::min(index, now.backends.size()), before.backends.at(index));
    for (qsizetype i = 0; i < before.routes.size(); ++i) {
        const Route &route = before.routes.at(i);
        if (!uses(route, name))
            continue;
        const auto same =
            std::find_if(now.routes.begin(), now.routes.end(),
                         [&](const Route &other) { return other.name == route.name; });
        if (same != now.routes.end())
            same->backends = route.backends;
        else
            now.routes.insert(std::min(i, now.routes.size()), route);
    }
    return now;
}

std::optional<QString> keychainSecret(const Auth &auth) {
    if (auth.kind == Auth::Kind::Keychain)
        return auth.name;
    if (auth.kind == Auth::Kind::EntraClientSecret &&
        auth.secret.kind == SecretReference::Kind::Keychain)
        return auth.secret.name;
    return std::nullopt;
}

bool isLastUserOfSecret(const Config &config, const Backend &backend) {
    const std::optional<QString> secret = keychainSecret(backend.auth);
    return secret &&
           std::none_of(config.backends.begin(), config.backends.end(), [&](const Backend &other) {
               return other.name != backend.name && keychainSecret(other.auth) == secret;
           });
}

QStringList routesUsing(const Config &config, const QString &backend) {
    QStringList names;
    for (const Route &route : config.routes)
        if (uses(route, backend))
            names.append(route.name);
    return names;
}

Problems backendProblems(const Config &config, const QString &oldName, const Backend &backend) {
    const qsizetype old = oldName.isEmpty() ? -1 : indexOf(config.backends, oldName);
    const qsizetype index = old < 0 ? config.backends.size() : old;
    const QString place = u"/backends/%1"_s.arg(index);

    Problems problems;
    for (Problem problem : validate(withBackend(config, oldName, backend))) {
        if (problem.pointer != place && !problem.pointer.startsWith(place + u'/'))
            continue;
        problem.pointer.remove(0, place.size());
        problems.append(problem);
    }
    return problems;
}

} // namespace quaygate
