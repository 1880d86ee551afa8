#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

namespace quaygate {

/// A route to that backend at /azure-openai, or the first free one like it.
Route newRoute(const Config &config, const QString &backend);

/// The route of that old name replaced, and the client keys that name it following a new
/// name; appended if the old name is empty or gone.
Config withRoute(Config config, const QString &oldName, const Route &route);
Config withoutRoute(Config config, const QString &name);
/// `now` with the route back where `before` had it.
Config withRouteRestored(Config now, const Config &before, const QString &name);

/// What is wrong with this one route within the configuration; pointers are relative to it.
Problems routeProblems(const Config &config, const QString &oldName, const Route &route);

} // namespace quaygate
