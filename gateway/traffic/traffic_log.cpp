#include "gateway/traffic/traffic_log.h"

#include "gateway/traffic/record_mailbox.h"
#include "gateway/traffic/record_queue.h"
#include "gateway/traffic/traffic_writer.h"

#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

void cut(QByteArray &body) {
    if (body.size() > TrafficRecord::longestBody)
        body = body.first(TrafficRecord::longestBody);
}

qint64 millisecondsOf(const QString &time) {
    const QDateTime moment = QDateTime::fromString(time, Qt::ISODate);
    return moment.isValid() ? moment.toMSecsSinceEpoch() : 0;
}

} // namespace

QString TrafficLog::defaultPath() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(u"traffic.sqlite"_s);
}

TrafficLog::TrafficLog(QString path, const TrafficSettings &settings,
                       std::shared_ptr<Budgets> budgets, QObject *parent)
    : QObject(parent)
    , m_queue(std::make_unique<traffic::RecordQueue>(longestQueue))
    , m_mailbox(std::make_unique<traffic::RecordMailbox>(ringSize))
    , m_metrics(std::make_unique<Metrics>())
    , m_budgets(std::move(budgets))
    , m_writer(new traffic::TrafficWriter(
          std::move(path), settings,
          traffic::TrafficWriter::Means{this, *m_queue, *m_mailbox, *m_metrics, m_budgets}))
    , m_bodiesUntil(millisecondsOf(settings.bodiesUntil)) {
    m_thread.setObjectName(u"traffic"_s);
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(m_writer, &traffic::TrafficWriter::start, Qt::QueuedConnection);
    if (m_budgets)
        m_budgets->onAdded([writer = m_writer] {
            QMetaObject::invokeMethod(writer, &traffic::TrafficWriter::wake, Qt::QueuedConnection);
        });
}

TrafficLog::~TrafficLog() {
    if (m_budgets)
        m_budgets->onAdded({});
    QMetaObject::invokeMethod(
        m_writer,
        [this] {
            m_writer->finish();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void TrafficLog::add(std::unique_ptr<TrafficRecord> record) {
    if (wantsBodies(record->time)) {
        cut(record->requestBody);
        cut(record->responseBody);
    } else {
        record->requestBody.clear();
        record->responseBody.clear();
    }
    if (m_queue->add(std::move(record)))
        QMetaObject::invokeMethod(m_writer, &traffic::TrafficWriter::wake, Qt::QueuedConnection);
}

bool TrafficLog::wantsBodies(TrafficRecord::Clock::time_point now) const {
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count() <
           m_bodiesUntil.load(std::memory_order_relaxed);
}

void TrafficLog::setSettings(const TrafficSettings &settings) {
    m_bodiesUntil = millisecondsOf(settings.bodiesUntil);
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, settings] { writer->setSettings(settings); },
        Qt::QueuedConnection);
}

void TrafficLog::syncBudgets(std::function<void()> done) {
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, done = std::move(done)] { writer->syncBudgets(done); },
        Qt::QueuedConnection);
}

void TrafficLog::clear(std::function<void(const Result<void> &)> done) {
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, done = std::move(done)] { writer->clear(done); },
        Qt::QueuedConnection);
}

void TrafficLog::query(const TrafficQuery &query,
                       std::function<void(const Result<QList<TrafficRecord>> &)> answer) {
    QMetaObject::invokeMethod(
        m_writer,
        [writer = m_writer, query, answer = std::move(answer)] { writer->query(query, answer); },
        Qt::QueuedConnection);
}

void TrafficLog::follow() {
    m_mailbox->open();
}

void TrafficLog::receive() {
    const QList<TrafficRecord> records = m_mailbox->take();
    if (records.isEmpty())
        return;
    m_newest.append(records);
    if (m_newest.size() > ringSize)
        m_newest.remove(0, m_newest.size() - ringSize);
    emit added(records);
}

void TrafficLog::forget() {
    m_newest.clear();
    emit cleared();
}

void TrafficLog::setProblem(const std::optional<Error> &problem) {
    m_problem = problem;
    emit problemChanged();
}

void TrafficLog::countLost(qint64 more) {
    m_lost += more;
    emit lostChanged(m_lost);
}

} // namespace quaygate
