#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"
#include "gateway/traffic/budgets.h"
#include "gateway/traffic/metrics.h"
#include "gateway/traffic/traffic_query.h"
#include "gateway/traffic/traffic_record.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

namespace traffic {
class RecordQueue;
class RecordMailbox;
class TrafficWriter;
} // namespace traffic

/// Remembers what happened: takes a record from any thread, writes it to the store on a thread of
/// its own, and hands it to the thread that owns the log (the GUI thread), in batches, if that
/// wants to follow. Neither the
/// threads that serve nor the owner ever wait for the disk; what does not fit into a queue on the
/// way is left out and counted.
class TrafficLog : public QObject {
    Q_OBJECT

public:
    /// Records that wait for the disk at most; the oldest make room.
    static constexpr size_t longestQueue = 8192;
    /// Records that `newest` keeps.
    static constexpr qsizetype ringSize = 2000;
    /// Where a program keeps its traffic: traffic.sqlite in the folder of its data.
    static QString defaultPath();

    /// `path`: of the store's file, which is opened in time. An empty one means that nothing is
    /// kept on disk.
    /// `budgets`, if any, are loaded from the store and kept in it: what is spent is on disk a
    /// moment after the record of the exchange is added.
    explicit TrafficLog(QString path, const TrafficSettings &settings = {},
                        std::shared_ptr<Budgets> budgets = {}, QObject *parent = nullptr);
    /// Writes what has been added so far; waits for that.
    ~TrafficLog() override;

    /// Any thread, no lock but to wake the writer, which happens once for all records of some
    /// milliseconds. Bodies longer than TrafficRecord::longestBody are cut; where
    /// `wantsBodies(record.time)` is false they are taken out.
    void add(std::unique_ptr<TrafficRecord> record);
    void add(TrafficRecord record) { add(std::make_unique<TrafficRecord>(std::move(record))); }
    /// Whether bodies are to be remembered of a request that came then; any thread.
    bool wantsBodies(TrafficRecord::Clock::time_point now) const;

    /// What Prometheus is told, of all records added; any thread.
    const Metrics &metrics() const { return *m_metrics; }

    // The rest is for the owner's thread.

    void setSettings(const TrafficSettings &settings);
    /// Brings the budgets and the store together at once; `done` is called when both know what was
    /// spent before. To be waited for after Budgets::of of the first snapshot, before requests are
    /// served; a budget that is added later is loaded by itself.
    void syncBudgets(std::function<void()> done);
    /// Forgets all records, on disk as well; budgets stay spent. `done` is called when it is gone.
    void clear(std::function<void(const Result<void> &)> done = {});
    /// Asks the store; `answer` comes later, unless the log is destroyed before.
    void query(const TrafficQuery &query,
               std::function<void(const Result<QList<TrafficRecord>> &)> answer);

    /// From now on `newest` keeps what comes, and `added` tells of it. Before, nobody looks, and
    /// nothing is kept in memory for that.
    void follow();
    /// The newest records, oldest first, without bodies (the store has them).
    const QList<TrafficRecord> &newest() const { return m_newest; }
    /// Records that are in no store: there was no room in a queue, or the disk refused them.
    qint64 lost() const { return m_lost; }
    /// What is wrong with the store; nothing: it works.
    const std::optional<Error> &problem() const { return m_problem; }

signals:
    /// New in `newest`, oldest first.
    void added(const QList<quaygate::TrafficRecord> &records);
    void cleared();
    void lostChanged(qint64 lost);
    /// The store stopped working, or works again.
    void problemChanged();
    /// Something about the store that a person should know, as a sentence; it works.
    void noticed(const QString &notice);

private:
    friend class traffic::TrafficWriter;

    void receive();
    void forget();
    void setProblem(const std::optional<Error> &problem);
    void countLost(qint64 more);

    std::unique_ptr<traffic::RecordQueue> m_queue;
    std::unique_ptr<traffic::RecordMailbox> m_mailbox;
    std::unique_ptr<Metrics> m_metrics;
    std::shared_ptr<Budgets> m_budgets;
    traffic::TrafficWriter *m_writer; ///< lives on `m_thread`, which deletes it
    QThread m_thread;
    std::atomic<qint64> m_bodiesUntil = 0; ///< milliseconds since 1970
    QList<TrafficRecord> m_newest;
    qint64 m_lost = 0;
    std::optional<Error> m_problem;
};

} // namespace quaygate
