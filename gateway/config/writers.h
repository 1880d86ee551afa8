#pragma once

#include "gateway/config/config.h"
#include "gateway/config/object_writer.h"

/// The writers of the configuration's parts: JSON, indented for `depth`. What is as it would be
/// without being written is left out, unless a reader would miss it. Inner part of config/.
namespace quaygate {

QByteArray writeGateway(const GatewaySettings &gateway, int depth);
QByteArray writeBackend(const Backend &backend, int depth);
QByteArray writeRoute(const Route &route, int depth);
QByteArray writeClientKey(const ClientKey &key, int depth);
QByteArray writeAliases(const QList<ModelAlias> &aliases, int depth);
QByteArray writeDesktop(const DesktopSettings &desktop, int depth);
QByteArray writePrices(const QList<ModelPrice> &prices, int depth);

/// Adds the members of `Rules`, of a list of limits or of a budget to the object that carries them.
void addRules(ObjectWriter &object, const Rules &rules);
void addRateLimits(ObjectWriter &object, const QList<RateLimit> &limits);
void addBudget(ObjectWriter &object, const std::optional<Budget> &budget);

} // namespace quaygate
