#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QString>
#include <QTimeZone>

namespace quaygate {

/// The head of the table, and a record as a line of it; each ends with a line feed. Columns have a
/// fixed width, so that lines that are added later stand below the others; what is longer is cut.
/// Nothing in it moves a terminal's cursor, whatever a client calls itself.
QString trafficTableHead();
QString trafficTableLine(const TrafficRecord &record, const QTimeZone &zone);

/// The record as a JSON object in one line, with a line feed. What is not known is null.
QByteArray trafficJsonLine(const TrafficRecord &record);

} // namespace quaygate
