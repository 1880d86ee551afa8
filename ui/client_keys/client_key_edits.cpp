#include "ui/client_keys/client_key_edits.h"

#include "gateway/config/validate.h"
#include "ui/backends/backend_edits.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ClientKeys)
};

qsizetype indexOf(const QList<ClientKey> &keys, const QString &name) {
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const ClientKey &key) { return key.name == name; });
    return found == keys.end() ? -1 : found - keys.begin();
}

bool isAll(const QStringList &names) {
    return names.contains(u"*"_s);
}

} // namespace

const ClientKey *findClientKey(const Config &config, const QString &name) {
    const qsizetype index = indexOf(config.clientKeys, name);
    return index < 0 ? nullptr : &config.clientKeys.at(index);
}

QString uniqueClientKeyName(const Config &config, const QString &wanted) {
    return uniqueName(wanted, [&](const QString &name) { return findClientKey(config, name); });
}

Config withClientKey(Config config, const QString &oldName, const ClientKey &key) {
    const qsizetype index = oldName.isEmpty() ? -1 : indexOf(config.clientKeys, oldName);
    if (index < 0)
        config.clientKeys.append(key);
    else
        config.clientKeys[index] = key;
    return config;
}

Config withoutClientKey(Config config, const QString &name) {
    config.clientKeys.removeIf([&](const ClientKey &key) { return key.name == name; });
    return config;
}

Config withClientKeyRestored(Config now, const Config &before, const QString &name) {
    const qsizetype index = indexOf(before.clientKeys, name);
    if (index >= 0 && !findClientKey(now, name))
        now.clientKeys.insert(std::min(index, now.clientKeys.size()), before.clientKeys.at(index));
    return now;
}

Problems clientKeyProblems(const Config &config, const QString &oldName, const ClientKey &key) {
    const qsizetype old = oldName.isEmpty() ? -1 : indexOf(config.clientKeys, oldName);
    Config probe = withClientKey(config, oldName, key);
    // At the end, so that what it has in common with another one is told of it.
    const qsizetype last = probe.clientKeys.size() - 1;
    if (old >= 0)
        probe.clientKeys.move(old, last);
    const QString place = u"/clientKeys/%1"_s.arg(last);
    Problems problems;
    for (Problem problem : validate(probe)) {
        if (problem.pointer != place && !problem.pointer.startsWith(place + u'/'))
            continue;
        problem.pointer.remove(0, place.size());
        problems.append(problem);
    }
    return problems;
}

QString summaryOf(const ClientKey &key) {
    const QString routes = isAll(key.routes) ? Words::tr("all routes") : key.routes.join(u", "_s);
    const QString models = isAll(key.models) ? Words::tr("all models") : key.models.join(u", "_s);
    return routes + u" · "_s + models;
}

QString whyKeysAreNotAsked(const GatewaySettings &gateway) {
    const QHostAddress literal(gateway.address);
    const bool isLocal = literal.isNull() || literal.isLoopback(); // or localhost
    if (gateway.clientKeys != GatewaySettings::ClientKeys::Off || !isLocal)
        return {};
    return Words::tr("Requests need no key now, and none of this holds: on the page Settings, “Who "
                     "may use the gateway” asks for none.");
}

} // namespace quaygate
