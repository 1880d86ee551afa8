#include "gateway/traffic/traffic_writer.h"

#include "gateway/traffic/metrics.h"
#include "gateway/traffic/record_mailbox.h"
#include "gateway/traffic/record_queue.h"
#include "gateway/traffic/traffic_log.h"
#include "gateway/traffic/traffic_store.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::traffic {

namespace {

/// A transaction costs far more than a record in it; this is what a page may lag behind.
constexpr auto batchTime = 25ms;
constexpr auto pruneEvery = 10min;
constexpr auto pruneOnAfter = 20ms;    ///< in which new records are written
constexpr qsizetype pruneAfter = 2000; ///< records
constexpr auto openAgainAfter = 30s;

QList<TrafficRecord> withoutBodies(QList<TrafficRecord> records) {
    for (TrafficRecord &record : records) {
        record.requestBody.clear();
        record.responseBody.clear();
    }
    return records;
}

} // namespace

TrafficWriter::TrafficWriter(QString path, TrafficSettings settings, Means means)
    : m_path(std::move(path))
    , m_settings(std::move(settings))
    , m_means(means)
    , m_batching(this)
    , m_pruning(this)
    , m_pruningOn(this) {
    m_batching.setSingleShot(true);
    m_batching.setInterval(batchTime);
    m_pruning.setInterval(pruneEvery);
    connect(&m_batching, &QTimer::timeout, this, &TrafficWriter::writeWaiting);
    m_pruningOn.setSingleShot(true);
    m_pruningOn.setInterval(pruneOnAfter);
    connect(&m_pruning, &QTimer::timeout, this, &TrafficWriter::prune);
    connect(&m_pruningOn, &QTimer::timeout, this, &TrafficWriter::prune);
}

TrafficWriter::~TrafficWriter() = default;

void TrafficWriter::start() {
    open();
    m_pruning.start();
}

void TrafficWriter::open(bool damaged) {
    if (m_path.isEmpty())
        return;
    m_store.reset();
    if (damaged)
        m_book.forget();
    m_sinceOpening.start();
    auto store = damaged ? TrafficStore::openAnew(m_path) : TrafficStore::open(m_path);
    if (!store)
        return report(store.error());
    m_store = std::move(store).value();
    if (const QString notice = m_store->notice(); !notice.isEmpty()) {
        m_book.forget();
        QMetaObject::invokeMethod(
            m_means.log, [log = m_means.log, notice] { emit log->noticed(notice); },
            Qt::QueuedConnection);
    }
    report(std::nullopt);
    writeBudgets();
    prune();
}

void TrafficWriter::report(const std::optional<Error> &problem) {
    if (problem == m_problem)
        return;
    m_problem = problem;
    QMetaObject::invokeMethod(
        m_means.log, [log = m_means.log, problem] { log->setProblem(problem); },
        Qt::QueuedConnection);
}

void TrafficWriter::wake() {
    if (!m_batching.isActive())
        m_batching.start();
}

void TrafficWriter::setSettings(const TrafficSettings &settings) {
    m_settings = settings;
    prune();
}

void TrafficWriter::writeWaiting() {
    QList<TrafficRecord> records = m_means.queue.take();
    qint64 lost = m_means.queue.takeDropped();
    writeBudgets();
    if (!records.isEmpty()) {
        for (const TrafficRecord &record : std::as_const(records))
            m_means.metrics.observe(record);
        const auto written = m_path.isEmpty() ? Result<void>() : write(records);
        if (!written)
            lost += records.size();
        report(written ? std::nullopt : std::optional(written.error()));
        if (m_means.mailbox.isOpen() && m_means.mailbox.put(withoutBodies(std::move(records))))
            QMetaObject::invokeMethod(m_means.log, &TrafficLog::receive, Qt::QueuedConnection);
    }
    m_means.metrics.countLost(lost);
    if (lost > 0)
        QMetaObject::invokeMethod(
            m_means.log, [log = m_means.log, lost] { log->countLost(lost); }, Qt::QueuedConnection);
}

Result<void> TrafficWriter::write(QList<TrafficRecord> &records) {
    if (!m_store && m_sinceOpening.hasExpired(std::chrono::milliseconds(openAgainAfter).count()))
        open();
    if (!m_store)
        return notOpen();
    Result<void> written = m_store->append(records);
    if (!written && m_store->isDamaged()) {
        open(true);
        if (!m_store)
            return notOpen();
        written = m_store->append(records);
    }
    if (!written)
        return written;
    m_sincePruning += records.size();
    if (m_sincePruning >= pruneAfter)
        prune();
    return {};
}

void TrafficWriter::prune() {
    m_sincePruning = 0;
    if (!m_store)
        return;
    const auto pruned = m_store->prune(m_settings, TrafficRecord::Clock::now());
    if (!pruned)
        report(pruned.error());
    else if (*pruned)
        m_pruningOn.start();
}

Error TrafficWriter::notOpen() const {
    return m_problem.value_or(
        Error{ErrorCode::FileUnreadable, u"No traffic is kept on disk."_s, {}});
}

void TrafficWriter::query(const TrafficQuery &query,
                          const std::function<void(const Result<QList<TrafficRecord>> &)> &answer) {
    writeWaiting(); // what happened before is to be found
    Result<QList<TrafficRecord>> found =
        m_store ? m_store->records(query) : Result<QList<TrafficRecord>>(notOpen());
    QMetaObject::invokeMethod(
        m_means.log, [answer, found = std::move(found)] { answer(found); }, Qt::QueuedConnection);
}

void TrafficWriter::writeBudgets() {
    if (!m_store || !m_means.budgets)
        return;
    const auto written =
        m_store->syncBudgets(m_book, *m_means.budgets, Spending::Time::clock::now());
    if (!written)
        report(written.error());
}

void TrafficWriter::syncBudgets(const std::function<void()> &done) {
    writeBudgets();
    QMetaObject::invokeMethod(m_means.log, done, Qt::QueuedConnection);
}

void TrafficWriter::clear(const std::function<void(const Result<void> &)> &done) {
    writeWaiting();
    (void)m_means.mailbox.take(); // of what is to be forgotten
    Result<void> cleared;
    if (!m_path.isEmpty())
        cleared = m_store ? m_store->clear() : Result<void>(notOpen());
    QMetaObject::invokeMethod(
        m_means.log,
        [log = m_means.log, done, cleared] {
            if (cleared)
                log->forget();
            if (done)
                done(cleared);
        },
        Qt::QueuedConnection);
}

void TrafficWriter::finish() {
    m_batching.stop();
    m_pruning.stop();
    m_pruningOn.stop();
    writeWaiting();
    m_store.reset();
}

} // namespace quaygate::traffic
