#include "ui/backends/backend_edits.h"

#include "gateway/config/validate.h"

#include <algorithm>
#include <utility>

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

bool serves(const Backend &backend, const QString &target) {
    return backend.name == target ||
           backend.deploymentName.compare(target, Qt::CaseInsensitive) == 0;
}

/// The backends of those names.
QList<Backend> backendsOf(const Config &config, const Route &route) {
    QList<Backend> backends;
    for (const RouteBackend &reference : route.backends)
        if (const Backend *backend = config.findBackend(reference.name))
            backends.append(*backend);
    return backends;
}

bool isServed(const QList<Backend> &backends, const QString &target) {
    return std::any_of(backends.begin(), backends.end(),
                       [&](const Backend &backend) { return serves(backend, target); });
}

/// An alias that led to `old`, and leads to none of `backends` any more, leads to `now`.
void follow(QList<ModelAlias> &aliases, const QList<Backend> &backends, const Backend &old,
            const Backend &now) {
    for (ModelAlias &alias : aliases) {
        if (!serves(old, alias.target) || isServed(backends, alias.target))
            continue;
        const bool byName = alias.target == old.name || now.deploymentName.isEmpty();
        alias.target = byName ? now.name : now.deploymentName;
    }
}

/// The aliases of `before` that led to the backend and are gone, where they were.
void restore(QList<ModelAlias> &aliases, const QList<ModelAlias> &before, const Backend &backend) {
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto isSame = [&](const ModelAlias &alias) { return alias.name == before[i].name; };
        if (serves(backend, before[i].target) &&
            std::none_of(aliases.begin(), aliases.end(), isSame))
            aliases.insert(std::min(i, aliases.size()), before[i]);
    }
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
    const Backend old = std::exchange(config.backends[index], backend);
    for (Route &route : config.routes) {
        if (!uses(route, oldName))
            continue;
        for (RouteBackend &reference : route.backends)
            if (reference.name == oldName)
                reference.name = backend.name;
        follow(route.modelAliases, backendsOf(config, route), old, backend);
    }
    follow(config.modelAliases, config.backends, old, backend);
    return config;
}

Config withoutBackend(Config config, const QString &name) {
    config.backends.removeIf([&](const Backend &backend) { return backend.name == name; });
    config.routes.removeIf([&](const Route &route) {
        return route.backends.size() == 1 && route.backends.first().name == name;
    });
    const auto dropUnserved = [](QList<ModelAlias> &aliases, const QList<Backend> &backends) {
        aliases.removeIf(
            [&](const ModelAlias &alias) { return !isServed(backends, alias.target); });
    };
    for (Route &route : config.routes) {
        route.backends.removeIf(
            [&](const RouteBackend &reference) { return reference.name == name; });
        dropUnserved(route.modelAliases, backendsOf(config, route));
    }
    dropUnserved(config.modelAliases, config.backends);
    return config;
}

Config withBackendRestored(Config now, const Config &before, const QString &name) {
    const qsizetype index = indexOf(before.backends, name);
    if (index < 0 || now.findBackend(name))
        return now;
    const Backend &backend = before.backends.at(index);
    now.backends.insert(std::min(index, now.backends.size()), backend);
    restore(now.modelAliases, before.modelAliases, backend);
    for (qsizetype i = 0; i < before.routes.size(); ++i) {
        const Route &route = before.routes.at(i);
        if (!uses(route, name))
            continue;
        const auto same =
            std::find_if(now.routes.begin(), now.routes.end(),
                         [&](const Route &other) { return other.name == route.name; });
        if (same == now.routes.end()) {
            now.routes.insert(std::min(i, now.routes.size()), route);
            continue;
        }
        same->backends = route.backends;
        restore(same->modelAliases, route.modelAliases, backend);
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

QStringList aliasesLost(const Config &before, const Config &after) {
    QStringList names;
    const auto add = [&names](const QList<ModelAlias> &were, const QList<ModelAlias> &are) {
        for (const ModelAlias &alias : were)
            if (!are.contains(alias) && !names.contains(alias.name))
                names.append(alias.name);
    };
    add(before.modelAliases, after.modelAliases);
    for (const Route &route : before.routes)
        if (const Route *still = after.findRoute(route.name))
            add(route.modelAliases, still->modelAliases);
    return names;
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
    Config probe = withBackend(config, oldName, backend);
    // At the end, so that what it has in common with another one is told of it.
    const qsizetype last = probe.backends.size() - 1;
    if (old >= 0)
        probe.backends.move(old, last);
    const QString place = u"/backends/%1"_s.arg(last);
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
