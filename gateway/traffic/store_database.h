#pragma once

#include "gateway/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <memory>

namespace quaygate::traffic {

/// The SQLite file under the store: opened, checked and brought to the present layout. Inner part
/// of traffic/; lives on the thread that opened it.
class StoreDatabase {
public:
    enum class Mode { Write, Read };

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

    /// Runs one statement; the rows, if any, are read from the query.
    Result<QSqlQuery> run(const QString &statement, const QVariantList &values = {});
    /// The first value of the first row.
    Result<qint64> number(const QString &statement, const QVariantList &values = {});
    /// For a statement that is run many times; `exec` it with `runPrepared`.
    Result<QSqlQuery> prepare(const QString &statement);
    Result<void> runPrepared(QSqlQuery &query);
    /// Why the query failed.
    Error failed(const QSqlQuery &query);

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
    void disconnect();
    Error explain(const QSqlError &error);

    QString m_path;
    Mode m_mode;
    QString m_connection; ///< name of the QSqlDatabase
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
