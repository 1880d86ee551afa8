#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QSqlQuery>
#include <QString>

namespace quaygate::traffic {

/// A record as a row of the table `records`. Inner part of traffic/.

/// "INSERT INTO records …" with a place for each value.
QString insertStatement();
/// Binds the record to that statement.
void bindRecord(QSqlQuery &insert, const TrafficRecord &record);

/// "SELECT …" up to the name of the table, with the bodies or with nothing in their place.
QString selectStatement(bool bodies);
/// The row on which a query of that statement stands.
TrafficRecord readRecord(const QSqlQuery &row);

} // namespace quaygate::traffic
