#include "ui/routes/backend_order.h"

#include <QCoreApplication>
#include <QMap>

#include <numeric>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(BackendOrder)
};

QString joined(const QStringList &names) {
    if (names.size() < 2)
        return names.join(QString());
    return Words::tr("%1 and %2").arg(names.first(names.size() - 1).join(u", "_s), names.last());
}

/// Those of one priority, with their shares.
QString groupText(const QList<RouteBackend> &group) {
    const int total =
        std::accumulate(group.begin(), group.end(), 0,
                        [](int sum, const RouteBackend &backend) { return sum + backend.weight; });
    QStringList names;
    for (const RouteBackend &backend : group) {
        const int share = total == 0 ? 0 : qRound(100.0 * backend.weight / total);
        names.append(group.size() == 1 && backend.weight > 0
                         ? backend.name
                         : Words::tr("%1 (%2 %)").arg(backend.name).arg(share));
    }
    return joined(names);
}

} // namespace

QString backendOrder(const QList<RouteBackend> &backends) {
    if (backends.size() < 2)
        return {};
    QMap<int, QList<RouteBackend>> groups;
    for (const RouteBackend &backend : backends)
        groups[backend.priority].append(backend);
    QStringList steps;
    for (const QList<RouteBackend> &group : groups)
        steps.append(groupText(group));
    if (steps.size() == 1)
        return Words::tr("Asked in turn: %1.").arg(steps.first());
    return Words::tr("Asked first: %1. When these fail: %2.")
        .arg(steps.first(), steps.mid(1).join(Words::tr(", then ")));
}

} // namespace quaygate
