#pragma once

#include "gateway/config/config.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <vector>

namespace quaygate {

/// Which of some backends a client means by the name of a model. Made once of a snapshot, whose
/// backends it points to; then only read.
class ModelNames {
public:
    using Backends = QList<const Backend *>;

    void addBackend(const Backend &backend);
    /// An alias counts before backends' names, these before deployments' names, and one with a `*`
    /// after all that is exact, the longest first. Of two that say the same, the one added first
    /// counts. One whose target is none of the backends added before is left out.
    void addAliases(const QList<ModelAlias> &aliases);

    /// Those that it names, in the order in which they were added: one backend, or all that have a
    /// deployment of that name. Empty: it is none of them. Azure takes deployments' names in any
    /// case, so case counts for aliases and backends only.
    Backends find(const QByteArray &model) const;

    /// What clients can choose from: aliases without a `*`, backends, deployments.
    const QList<QByteArray> &listed() const { return m_listed; }
    const Backends &backends() const { return m_backends; }

private:
    struct Pattern {
        QByteArray before; ///< the `*`
        QByteArray after;
        Backends backends;
    };

    Backends named(const QByteArray &name) const;

    QHash<QByteArray, Backends> m_aliases;
    QHash<QByteArray, const Backend *> m_names;
    QHash<QByteArray, Backends> m_deployments; ///< in lower case
    std::vector<Pattern> m_patterns;           ///< the longest first
    QList<QByteArray> m_listed;
    Backends m_backends;
};

} // namespace quaygate
