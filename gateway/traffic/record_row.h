#pragma once

#include "gateway/traffic/sqlite.h"
#include "gateway/traffic/traffic_record.h"

#include <QString>

namespace quaygate::traffic {

/// A record as a row of the table `records`. Inner part of traffic/.

/// "INSERT INTO records …" for so many rows, with a place for each value.
QString insertStatement(int rows);
/// Binds the record to a row of that statement, counted from 0; it must stay as it is until that
/// was run and reset.
void bindRecord(SqliteStatement &insert, int row, const TrafficRecord &record);

/// "SELECT …" up to the name of the table, with the bodies or with nothing in their place.
QString selectStatement(bool bodies);
/// The row on which that statement stands.
TrafficRecord readRecord(const SqliteStatement &row);

} // namespace quaygate::traffic
