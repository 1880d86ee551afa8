#include "gateway/pipeline/rule_table.h"

#include <QDateTime>

namespace quaygate {

namespace {

std::optional<TrafficRecord::Clock::time_point> timeOf(const QString &text) {
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    return TrafficRecord::Clock::time_point(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

RuleTable::RuleTable(Snapshot snapshot)
    : m_snapshot(std::move(snapshot))
    , m_clientKeys(m_snapshot->clientKeys)
    , m_prices(m_snapshot->prices)
    , m_bodiesUntil(timeOf(m_snapshot->gateway.traffic.bodiesUntil)) {
}

} // namespace quaygate
