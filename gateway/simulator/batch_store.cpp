#include "gateway/simulator/batch_store.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr qint64 day = 86'400;

qint64 seconds(Instant time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

QJsonValue textOrNull(const QString &text) {
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

/// Validated in the first quarter of its time, run in the rest.
QString Batch::status(Instant now) const {
    if (cancelled)
        return u"cancelled"_s;
    if (now < created + (due - created) / 4)
        return u"validating"_s;
    if (!problems.isEmpty())
        return u"failed"_s;
    return now < due ? u"in_progress"_s : u"completed"_s;
}

QJsonObject Batch::json(Instant now) const {
    const QString state = status(now);
    const bool completed = state == u"completed";
    const auto when = [&](bool has, Instant time) {
        return has ? QJsonValue(seconds(time)) : QJsonValue();
    };
    return {{u"object"_s, u"batch"_s},
            {u"id"_s, id},
            {u"endpoint"_s, endpoint},
            {u"input_file_id"_s, inputFile},
            {u"completion_window"_s, window},
            {u"metadata"_s, metadata},
            {u"status"_s, state},
            {u"created_at"_s, seconds(created)},
            {u"in_progress_at"_s, when(completed || state == u"in_progress", created)},
            {u"finalizing_at"_s, when(completed, due)},
            {u"completed_at"_s, when(completed, due)},
            {u"failed_at"_s, when(state == u"failed", created)},
            {u"cancelling_at"_s, when(cancelled, due)},
            {u"cancelled_at"_s, when(cancelled, due)},
            {u"expires_at"_s, seconds(created) + day},
            {u"expired_at"_s, QJsonValue()},
            {u"output_file_id"_s, textOrNull(outputFile)},
            {u"error_file_id"_s, textOrNull(errorFile)},
            {u"errors"_s, state == u"failed" ? QJsonValue(QJsonObject{{u"object"_s, u"list"_s},
                                                                      {u"data"_s, problems}})
                                             : QJsonValue()},
            {u"request_counts"_s, QJsonObject{{u"total"_s, total},
                                              {u"completed"_s, completed ? total - failed : 0},
                                              {u"failed"_s, completed ? failed : 0}}}};
}

void BatchStore::add(Batch batch) {
    m_batches.push_back(std::move(batch));
    if (m_batches.size() > mostBatches)
        m_batches.pop_front();
}

qsizetype BatchStore::pendingBytes() const {
    qsizetype bytes = 0;
    for (const Batch &batch : m_batches)
        bytes += batch.output.size() + batch.errors.size();
    return bytes;
}

Batch *BatchStore::find(QStringView id) {
    const auto found = std::find_if(m_batches.begin(), m_batches.end(),
                                    [id](const Batch &batch) { return batch.id == id; });
    return found == m_batches.end() ? nullptr : &*found;
}

} // namespace quaygate::simulator
