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
    void addBackend(const Backend &backend);
    /// An alias counts before backends' names, these before deployments' names, and one with a `*`
    /// after all that is exact, the longest first. Of two that say the same, the one added first
    /// counts. One whose target is none of the backends added before is left out.
    void addAliases(const QList<ModelAlias> &aliases);

    /// Null: it is none of them. Azure takes deployments' names in any case, so case counts for
    /// aliases and backends only.
    const Backend *find(const QByteArray &model) const;

    /// What clients can choose from: aliases without a `*`, backends, deployments.
    const QList<QByteArray> &listed() const { return m_listed; }
    const QList<const Backend *> &backends() const { return m_backends; }

private:
    struct Pattern {
        QByteArray before; ///< the `*`
        QByteArray after;
        const Backend *backend;
    };

    const Backend *named(const QByteArray &name) const;

    QHash<QByteArray, const Backend *> m_aliases;
    QHash<QByteArray, const Backend *> m_names;
    QHash<QByteArray, const Backend *> m_deployments; ///< in lower case
    std::vector<Pattern> m_patterns;                  ///< the longest first
    QList<QByteArray> m_listed;
    QList<const Backend *> m_backends;
};

} // namespace quaygate
