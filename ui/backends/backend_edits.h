#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

#include <QStringList>

#include <functional>
#include <optional>

/// What the forms do to a configuration: values in, values out.
namespace quaygate {

/// `wanted`, or the first of wanted-2, wanted-3, … that is not taken.
QString uniqueName(const QString &wanted, const std::function<bool(const QString &)> &isTaken);
QString uniqueBackendName(const Config &config, const QString &wanted);

/// The backend of that old name replaced, and its routes and aliases following a new name, or that
/// of its deployment; appended if the old name is empty or gone.
Config withBackend(Config config, const QString &oldName, const Backend &backend);

/// Without the backend and without the routes and aliases that only it served.
Config withoutBackend(Config config, const QString &name);

/// `now` with the backend, the routes and the aliases that `before` had: the undoing of a removal,
/// whatever else was changed since.
Config withBackendRestored(Config now, const Config &before, const QString &name);

/// The name of the secret in the keychain that the backend signs in with, or nothing.
std::optional<QString> keychainSecret(const Auth &auth);
/// True if no other backend has it too.
bool isLastUserOfSecret(const Config &config, const Backend &backend);

/// The names of aliases that `after` has no more, though it has their route.
QStringList aliasesLost(const Config &before, const Config &after);

/// The names of the routes that use the backend.
QStringList routesUsing(const Config &config, const QString &backend);

/// What is wrong with this one backend within the configuration; pointers are relative to it.
Problems backendProblems(const Config &config, const QString &oldName, const Backend &backend);

} // namespace quaygate
