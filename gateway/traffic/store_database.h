#pragma once

#include "gateway/result.h"
#include "gateway/traffic/sqlite.h"

#include <QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace quaygate::traffic {

/// The SQLite file under the store: opened, checked and brought to the present layout. Inner part
/// of traffic/; lives on the thread that opened it.
class StoreDatabase {
public:
    enum class Mode { Write, Read };

    /// For the places of a statement, in their order.
    using Values = std::vector<std::variant<qint64, QString>>;

    /// "QgTr": marks the file as ours.
    static constexpr int applicationId = 0x51675472;

    static Result<std::unique_ptr<StoreDatabase>> open(const QString &path, Mode mode);
    /// For writing, after what is there was found to be damaged: sets it aside first.
    static Result<std::unique_ptr<StoreDatabase>> openAnew(const QString &path);
    ~StoreDatabase();
    StoreDatabase(const StoreDatabase &) = delete;
    StoreDatabase &operator=(const StoreDatabase &) = delete;

    QString notice() const { return m_notice; }
    bool isDamaged() const { return m_damaged; }

    /// Runs one statement to its end.
    Result<void> run(const QString &statement, const Values &values = {});
    /// The first value of the first row.
    Result<qint64> number(const QString &statement, const Values &values = {});
    /// For a statement with rows, or one that is run many times. `values` are copied.
    Result<SqliteStatement> prepare(const QString &statement, const Values &values = {});
    /// True: it stands on a row. False: it has come to its end.
    Result<bool> step(SqliteStatement &statement);
    /// The number of the row that was inserted last.
    qint64 lastRow() const { return m_sqlite->lastRow(); }

    /// Runs `work` in one transaction: all of it counts, or nothing.
    template<typename Work>
    Result<void> transaction(Work work);

private:
    StoreDatabase(QString path, Mode mode);

    Result<void> connect();
    Result<void> startAnew();
    Result<void> check();
    Result<void> prepareForWriting();
    Result<void> upgrade();
    /// Why the last call failed.
    Error explain();

    QString m_path;
    Mode m_mode;
    std::optional<SqliteConnection> m_sqlite;
    QString m_notice;
    bool m_damaged = false;
};

template<typename Work>
Result<void> StoreDatabase::transaction(Work work) {
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun.error();
    Result<void> done = work();
    const auto ended = run(done ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    if (done && !ended) {
        (void)run(QStringLiteral("ROLLBACK")); // fails if the commit ended it
        return ended.error();
    }
    return done;
}

} // namespace quaygate::traffic
