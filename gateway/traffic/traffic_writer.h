#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"
#include "gateway/traffic/budget_book.h"
#include "gateway/traffic/budgets.h"
#include "gateway/traffic/traffic_query.h"
#include "gateway/traffic/traffic_record.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

class Metrics;
class TrafficLog;
class TrafficStore;

namespace traffic {

class RecordQueue;
class RecordMailbox;

/// The side of the log that waits for the disk. Inner part of traffic/; all of it runs on the
/// log's thread, and what it has to say goes to the log by an event.
class TrafficWriter : public QObject {
    Q_OBJECT

public:
    struct Means {
        TrafficLog *log;
        RecordQueue &queue;
        RecordMailbox &mailbox;
        Metrics &metrics;
        std::shared_ptr<Budgets> budgets; ///< or null
    };

    TrafficWriter(QString path, TrafficSettings settings, Means means);
    ~TrafficWriter() override;

    void start();
    /// Something waits in the queue; it is written soon, together with what comes until then.
    void wake();
    void setSettings(const TrafficSettings &settings);
    void query(const TrafficQuery &query,
               const std::function<void(const Result<QList<TrafficRecord>> &)> &answer);
    void syncBudgets(const std::function<void()> &done);
    void clear(const std::function<void(const Result<void> &)> &done);
    /// Writes what waits and closes the file.
    void finish();

private:
    /// `damaged`: what is there was found to be, and is set aside.
    void open(bool damaged = false);
    void writeWaiting();
    void writeBudgets();
    Result<void> write(QList<TrafficRecord> &records);
    void prune();
    void report(const std::optional<Error> &problem);
    Error notOpen() const;

    const QString m_path;
    TrafficSettings m_settings;
    Means m_means;
    std::unique_ptr<TrafficStore> m_store;
    BudgetBook m_book;
    std::optional<Error> m_problem;
    QElapsedTimer m_sinceOpening;
    QTimer m_batching;
    QTimer m_pruning;
    QTimer m_pruningOn;           ///< as long as there is more to prune
    qsizetype m_sincePruning = 0; ///< records written
};

} // namespace traffic
} // namespace quaygate
