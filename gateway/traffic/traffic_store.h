#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"
#include "gateway/traffic/budgets.h"
#include "gateway/traffic/traffic_query.h"
#include "gateway/traffic/traffic_record.h"

#include <QList>
#include <QString>

#include <memory>

namespace quaygate {

namespace traffic {
class BudgetBook;
class RecordInsertion;
class StoreDatabase;
} // namespace traffic

/// The records on disk: a SQLite file, written ahead (WAL), so that others may read it while this
/// program writes and what was appended survives the death of the process. Blocks for as long as
/// the disk takes; lives on the thread that opened it, which is not one that a person or a client
/// waits for.
class TrafficStore {
public:
    /// Opens the file, or makes it and its folder; readable for the owner only. An older layout is
    /// brought up to date. A damaged file is set aside under another name, which `notice` tells;
    /// one of a newer Quaygate or of another program is refused and stays as it is.
    static Result<std::unique_ptr<TrafficStore>> open(const QString &path);
    /// After a store was found to be damaged and has ended: sets its file aside and makes a new
    /// one.
    static Result<std::unique_ptr<TrafficStore>> openAnew(const QString &path);
    /// For a look from outside: changes nothing, and works while another process writes.
    static Result<std::unique_ptr<TrafficStore>> openToRead(const QString &path);
    ~TrafficStore();

    /// What a person should know about how it was opened; empty: nothing.
    QString notice() const;
    /// True once something read or written was damaged: end this store and call `openAnew`.
    bool isDamaged() const;

    /// All or none of them; sets their `number`.
    Result<void> append(QList<TrafficRecord> &records);
    Result<QList<TrafficRecord>> records(const TrafficQuery &query);
    /// Brings what is spent in memory and on disk together, see BudgetBook.
    Result<void> syncBudgets(traffic::BudgetBook &book, const Budgets &budgets,
                             TrafficRecord::Clock::time_point now);
    /// Takes out what is too old, and then the oldest until the file is no larger than wanted. Some
    /// thousand records a call; true: there may be more of them.
    Result<bool> prune(const TrafficSettings &settings, TrafficRecord::Clock::time_point now);
    /// Takes all records out, from the disk as well. Numbers go on, and budgets stay spent.
    Result<void> clear();

private:
    using Opened = Result<std::unique_ptr<traffic::StoreDatabase>>;

    explicit TrafficStore(std::unique_ptr<traffic::StoreDatabase> database);

    static Result<std::unique_ptr<TrafficStore>> over(Opened database);

    Result<bool> pruneByAge(qint64 oldest);
    Result<bool> pruneBySize(qint64 bytes);
    Result<void> giveSpaceBack();

    std::unique_ptr<traffic::StoreDatabase> m_database;
    std::unique_ptr<traffic::RecordInsertion> m_insertion; ///< ends before it
};

} // namespace quaygate
