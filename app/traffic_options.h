#pragma once

#include "gateway/result.h"
#include "gateway/traffic/traffic_query.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace quaygate {

/// What `quaygate traffic` was asked for.
struct TrafficOptions {
    QString file;
    TrafficQuery query; ///< newest first
    bool follow = false;
    bool json = false;
    bool help = false;
};

/// The text of `quaygate traffic --help`.
QByteArray trafficUsage();

/// `now`: what a time span before it is counted from. Fails with BadRequest.
Result<TrafficOptions> readTrafficOptions(const QStringList &arguments, const QDateTime &now);

} // namespace quaygate
