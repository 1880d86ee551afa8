#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

#include <QStringList>

namespace quaygate {

/// What the page of settings edits: what is not about one backend or route.
struct Settings {
    GatewaySettings gateway;
    QList<ModelAlias> modelAliases;
    QList<ModelPrice> prices;
    DesktopSettings desktop;

    bool operator==(const Settings &) const = default;
};

Settings settingsOf(const Config &config);
Config withSettings(Config config, const Settings &settings);

/// What is wrong with these settings within the configuration; pointers are from its root.
Problems settingsProblems(const Config &config, const Settings &settings);

/// What an alias may lead to: the names of these backends and of their deployments.
QStringList aliasTargets(const QList<Backend> &backends);

/// A warning for an address that others on the network reach too; empty for one that they do not.
QString addressWarning(const QString &address);

} // namespace quaygate
