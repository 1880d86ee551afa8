#include "gateway/traffic/record_row.h"

#include "gateway/traffic/record_lists.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

using std::chrono::microseconds;

QVariant text(const QString &value) {
    return value.isEmpty() ? QVariant() : QVariant(value);
}

QVariant latin1(const QByteArray &value) {
    return text(QString::fromLatin1(value));
}

QVariant blob(const QByteArray &value) {
    return value.isEmpty() ? QVariant() : QVariant(value);
}

QVariant micros(const std::optional<microseconds> &value) {
    return value ? QVariant(qint64(value->count())) : QVariant();
}

std::optional<microseconds> microsOf(const QVariant &value) {
    return value.isNull() ? std::nullopt : std::optional(microseconds(value.toLongLong()));
}

QVariant count(const std::optional<qint64> &value) {
    return value ? QVariant(*value) : QVariant();
}

std::optional<qint64> countOf(const QVariant &value) {
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

qint64 sinceEpoch(TrafficRecord::Clock::time_point time) {
    return std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count();
}

/// One column: how it is written and how it is read.
struct Column {
    const char *name;
    QVariant (*write)(const TrafficRecord &);
    void (*read)(TrafficRecord &, const QVariant &);
};

using R = TrafficRecord;
using V = QVariant;

constexpr Column columns[] = {
    {"time", [](const R &r) { return V(sinceEpoch(r.time)); },
     [](R &r, const V &v) {
         r.time = R::Clock::time_point(
             std::chrono::duration_cast<R::Clock::duration>(microseconds(v.toLongLong())));
     }},
    {"client_key", [](const R &r) { return text(r.clientKey); },
     [](R &r, const V &v) { r.clientKey = v.toString(); }},
    {"tool", [](const R &r) { return text(r.tool); },
     [](R &r, const V &v) { r.tool = v.toString(); }},
    {"method", [](const R &r) { return latin1(r.method); },
     [](R &r, const V &v) { r.method = v.toString().toLatin1(); }},
    {"path", [](const R &r) { return latin1(r.path); },
     [](R &r, const V &v) { r.path = v.toString().toLatin1(); }},
    {"route", [](const R &r) { return text(r.route); },
     [](R &r, const V &v) { r.route = v.toString(); }},
    {"operation", [](const R &r) { return text(r.operation); },
     [](R &r, const V &v) { r.operation = v.toString(); }},
    {"attempts", [](const R &r) { return text(attemptsText(r.attempts)); },
     [](R &r, const V &v) { r.attempts = attemptsOf(v.toString()); }},
    {"model_asked", [](const R &r) { return text(r.modelAsked); },
     [](R &r, const V &v) { r.modelAsked = v.toString(); }},
    {"model_sent", [](const R &r) { return text(r.modelSent); },
     [](R &r, const V &v) { r.modelSent = v.toString(); }},
    {"model_returned", [](const R &r) { return text(r.modelReturned); },
     [](R &r, const V &v) { r.modelReturned = v.toString(); }},
    {"status", [](const R &r) { return V(r.status); },
     [](R &r, const V &v) { r.status = v.toInt(); }},
    {"streamed", [](const R &r) { return V(int(r.streamed)); },
     [](R &r, const V &v) { r.streamed = v.toBool(); }},
    {"first_byte", [](const R &r) { return micros(r.firstByte); },
     [](R &r, const V &v) { r.firstByte = microsOf(v); }},
    {"first_token", [](const R &r) { return micros(r.firstToken); },
     [](R &r, const V &v) { r.firstToken = microsOf(v); }},
    {"duration", [](const R &r) { return V(qint64(r.duration.count())); },
     [](R &r, const V &v) { r.duration = microseconds(v.toLongLong()); }},
    {"bytes_in", [](const R &r) { return V(r.bytesIn); },
     [](R &r, const V &v) { r.bytesIn = v.toLongLong(); }},
    {"bytes_out", [](const R &r) { return V(r.bytesOut); },
     [](R &r, const V &v) { r.bytesOut = v.toLongLong(); }},
    {"tokens_in", [](const R &r) { return count(r.usage.input); },
     [](R &r, const V &v) { r.usage.input = countOf(v); }},
    {"tokens_out", [](const R &r) { return count(r.usage.output); },
     [](R &r, const V &v) { r.usage.output = countOf(v); }},
    {"tokens_cached", [](const R &r) { return count(r.usage.cached); },
     [](R &r, const V &v) { r.usage.cached = countOf(v); }},
    {"tokens_cache_written", [](const R &r) { return count(r.usage.cacheWritten); },
     [](R &r, const V &v) { r.usage.cacheWritten = countOf(v); }},
    {"tokens_reasoning", [](const R &r) { return count(r.usage.reasoning); },
     [](R &r, const V &v) { r.usage.reasoning = countOf(v); }},
    {"cost", [](const R &r) { return r.cost ? V(*r.cost) : V(); },
     [](R &r, const V &v) { r.cost = v.isNull() ? std::nullopt : std::optional(v.toDouble()); }},
    {"verdicts", [](const R &r) { return text(verdictsText(r.verdicts)); },
     [](R &r, const V &v) { r.verdicts = verdictsOf(v.toString()); }},
    {"error", [](const R &r) { return text(r.error); },
     [](R &r, const V &v) { r.error = v.toString(); }},
    {"error_code", [](const R &r) { return text(r.errorCode); },
     [](R &r, const V &v) { r.errorCode = v.toString(); }},
    {"cancelled", [](const R &r) { return V(int(r.cancelled)); },
     [](R &r, const V &v) { r.cancelled = v.toBool(); }},
    {"azure_request_id", [](const R &r) { return latin1(r.azureRequestId); },
     [](R &r, const V &v) { r.azureRequestId = v.toString().toLatin1(); }},
    {"model_request_id", [](const R &r) { return latin1(r.modelRequestId); },
     [](R &r, const V &v) { r.modelRequestId = v.toString().toLatin1(); }},
    // The bodies stand last, see selectStatement.
    {"request_body", [](const R &r) { return blob(r.requestBody); },
     [](R &r, const V &v) { r.requestBody = v.toByteArray(); }},
    {"response_body", [](const R &r) { return blob(r.responseBody); },
     [](R &r, const V &v) { r.responseBody = v.toByteArray(); }},
};

} // namespace

QString insertStatement() {
    QStringList names;
    QStringList places;
    for (const Column &column : columns) {
        names.append(QString::fromLatin1(column.name));
        places.append(u"?"_s);
    }
    return u"INSERT INTO records (%1) VALUES (%2)"_s.arg(names.join(u", "_s), places.join(u", "_s));
}

void bindRecord(QSqlQuery &insert, const TrafficRecord &record) {
    int place = 0;
    for (const Column &column : columns)
        insert.bindValue(place++, column.write(record));
}

QString selectStatement(bool bodies) {
    QStringList names{u"number"_s};
    for (const Column &column : columns)
        names.append(QString::fromLatin1(column.name));
    if (!bodies)
        names = names.first(names.size() - 2) + QStringList{u"NULL"_s, u"NULL"_s};
    return u"SELECT %1 FROM"_s.arg(names.join(u", "_s));
}

TrafficRecord readRecord(const QSqlQuery &row) {
    TrafficRecord record;
    record.number = row.value(0).toLongLong();
    int place = 1;
    for (const Column &column : columns)
        column.read(record, row.value(place++));
    return record;
}

} // namespace quaygate::traffic
