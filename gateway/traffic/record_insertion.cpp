#include "gateway/traffic/record_insertion.h"

#include "gateway/traffic/record_row.h"
#include "gateway/traffic/store_database.h"

namespace quaygate::traffic {

Result<void> RecordInsertion::insert(QList<TrafficRecord> &records) {
    QList<qint64> numbers;
    const auto inserted = m_database.transaction([&]() -> Result<void> {
        for (Statement &statement : m_statements) {
            if (const auto done = insertWith(statement, records, numbers); !done)
                return done;
        }
        return {};
    });
    if (inserted) {
        for (qsizetype i = 0; i < records.size(); ++i)
            records[i].number = numbers.at(i);
    }
    return inserted;
}

/// Those from the one that has no number yet, as long as they fill the statement.
Result<void> RecordInsertion::insertWith(Statement &statement, const QList<TrafficRecord> &records,
                                         QList<qint64> &numbers) {
    const int rows = statement.rows;
    while (records.size() - numbers.size() >= rows) {
        if (!statement.prepared) {
            auto prepared = m_database.prepare(insertStatement(rows));
            if (!prepared)
                return prepared.error();
            statement.prepared = std::move(prepared).value();
        }
        for (int row = 0; row < rows; ++row)
            bindRecord(*statement.prepared, row, records[numbers.size() + row]);
        const auto done = m_database.step(*statement.prepared);
        statement.prepared->reset();
        if (!done)
            return done.error();
        for (int before = rows - 1; before >= 0; --before)
            numbers.append(m_database.lastRow() - before);
    }
    return {};
}

} // namespace quaygate::traffic
