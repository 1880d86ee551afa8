#pragma once

#include "gateway/config/config.h"
#include "gateway/rules/rate_meter.h"

#include <QHash>
#include <QString>

#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

namespace quaygate {

/// Who a rate limit is set for.
enum class RateOwner { ClientKey, Route, Backend };

/// One limit of somebody and where it stands.
struct MeteredLimit {
    MeteredLimit(RateOwner owner, const QString &name, const RateLimit &limit);

    bool countsTokens() const { return limit.tokens > 0; }
    /// 'the route "azure" may make 60 requests a minute'
    QString inWords() const;

    const RateOwner owner;
    const QString name;
    const RateLimit limit;
    RateMeter meter;
};

/// The limits of one owner, in the order of the configuration.
using MeteredLimits = std::vector<std::shared_ptr<MeteredLimit>>;

/// The limits of all owners of a snapshot. Made by RateMeters, then only read, by any thread.
class MeteredConfig {
public:
    /// Empty for an owner that has none.
    const MeteredLimits &of(RateOwner owner, const QString &name) const;

private:
    friend class RateMeters;
    QHash<std::pair<int, QString>, MeteredLimits> m_limits;
};

/// Where all rate limits stand: one for the whole gateway, since its workers share them. A limit
/// that stands in the next snapshot as it was in this one goes on, however many workers ask and in
/// which order; one that was changed begins anew, one that is gone is forgotten. Any thread; locks,
/// so it is asked when a snapshot is made ready, not for a request.
class RateMeters {
public:
    std::shared_ptr<const MeteredConfig> of(const Snapshot &snapshot);

    /// How many limits are remembered.
    std::size_t size() const;

private:
    /// Owner, its name, the limit's four numbers, and which of several such limits it is.
    using Key = std::tuple<RateOwner, QString, int, int, RateLimit::Per, int, int>;

    void add(MeteredConfig &config, RateOwner owner, const QString &name,
             const QList<RateLimit> &limits);

    mutable std::mutex m_mutex;
    std::map<Key, std::weak_ptr<MeteredLimit>> m_known;
    Snapshot m_snapshot; ///< the last one asked for
    std::shared_ptr<const MeteredConfig> m_config;
};

} // namespace quaygate
