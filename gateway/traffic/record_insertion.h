#pragma once

#include "gateway/result.h"
#include "gateway/traffic/sqlite.h"
#include "gateway/traffic/traffic_record.h"

#include <QList>

#include <array>
#include <optional>

namespace quaygate::traffic {

class StoreDatabase;

/// Puts records into the table, several with one statement: what a statement costs by itself is a
/// quarter of a record. The statements are prepared once. Inner part of traffic/; ends before its
/// database, on the same thread.
class RecordInsertion {
public:
    explicit RecordInsertion(StoreDatabase &database) : m_database(database) {}

    /// All or none of them; sets their `number`.
    Result<void> insert(QList<TrafficRecord> &records);

private:
    struct Statement {
        int rows;
        std::optional<SqliteStatement> prepared = {};
    };

    Result<void> insertWith(Statement &statement, const QList<TrafficRecord> &records,
                            QList<qint64> &numbers);

    StoreDatabase &m_database;
    std::array<Statement, 2> m_statements{{{8}, {1}}}; ///< the larger takes as many as it can
};

} // namespace quaygate::traffic
