#include "ui/settings/settings_edits.h"

#include "gateway/config/validate.h"

#include <QCoreApplication>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

} // namespace

Settings settingsOf(const Config &config) {
    return {config.gateway, config.modelAliases, config.prices, config.desktop};
}

Config withSettings(Config config, const Settings &settings) {
    config.gateway = settings.gateway;
    config.modelAliases = settings.modelAliases;
    config.prices = settings.prices;
    config.desktop = settings.desktop;
    return config;
}

Problems settingsProblems(const Config &config, const Settings &settings) {
    Problems problems = validate(withSettings(config, settings));
    problems.removeIf([](const Problem &problem) {
        return !problem.pointer.startsWith(u"/gateway/") &&
               !problem.pointer.startsWith(u"/modelAliases") &&
               !problem.pointer.startsWith(u"/prices") && !problem.pointer.startsWith(u"/desktop");
    });
    return problems;
}

QStringList aliasTargets(const QList<Backend> &backends) {
    QStringList targets;
    for (const Backend &backend : backends)
        targets.append({backend.name, backend.deploymentName});
    targets.removeAll(QString());
    targets.removeDuplicates();
    return targets;
}

QString addressWarning(const QString &address) {
    const QHostAddress literal(address);
    if (literal.isNull() || literal.isLoopback())
        return {};
    return Words::tr("Whoever reaches this computer over the network can use your deployments at "
                     "this address, with a client key. 127.0.0.1 keeps it to this computer.");
}

} // namespace quaygate
