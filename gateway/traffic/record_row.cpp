#include "gateway/traffic/record_row.h"

#include "gateway/traffic/record_lists.h"

#include <QStringList>

#include <iterator>

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

using std::chrono::microseconds;

using R = TrafficRecord;
using S = SqliteStatement;

void writeText(S &to, int place, const QString &value) {
    value.isEmpty() ? to.bindNull(place) : to.bind(place, value);
}

void writeJson(S &to, int place, const QByteArray &value) {
    value.isEmpty() ? to.bindNull(place) : to.bindCopy(place, value);
}

void writeAscii(S &to, int place, const QByteArray &value) {
    value.isEmpty() ? to.bindNull(place) : to.bindAscii(place, value);
}

void writeBlob(S &to, int place, const QByteArray &value) {
    value.isEmpty() ? to.bindNull(place) : to.bindBlob(place, value);
}

void writeMicros(S &to, int place, const std::optional<microseconds> &value) {
    value ? to.bind(place, qint64(value->count())) : to.bindNull(place);
}

std::optional<microseconds> microsAt(const S &row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(microseconds(row.integer(column)));
}

void writeCount(S &to, int place, const std::optional<qint64> &value) {
    value ? to.bind(place, *value) : to.bindNull(place);
}

std::optional<qint64> countAt(const S &row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
}

qint64 sinceEpoch(TrafficRecord::Clock::time_point time) {
    return std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count();
}

/// One column: how it is written and how it is read.
struct Column {
    const char *name;
    void (*write)(S &to, int n, const R &);
    void (*read)(R &, const S &row, int n);
};

constexpr Column columns[] = {
    {"time", [](S &to, int n, const R &r) { to.bind(n, sinceEpoch(r.time)); },
     [](R &r, const S &row, int n) {
         r.time = R::Clock::time_point(
             std::chrono::duration_cast<R::Clock::duration>(microseconds(row.integer(n))));
     }},
    {"client_key", [](S &to, int n, const R &r) { writeText(to, n, r.clientKey); },
     [](R &r, const S &row, int n) { r.clientKey = row.text(n); }},
    {"tool", [](S &to, int n, const R &r) { writeText(to, n, r.tool); },
     [](R &r, const S &row, int n) { r.tool = row.text(n); }},
    {"method", [](S &to, int n, const R &r) { writeAscii(to, n, r.method); },
     [](R &r, const S &row, int n) { r.method = row.text(n).toLatin1(); }},
    {"path", [](S &to, int n, const R &r) { writeAscii(to, n, r.path); },
     [](R &r, const S &row, int n) { r.path = row.text(n).toLatin1(); }},
    {"route", [](S &to, int n, const R &r) { writeText(to, n, r.route); },
     [](R &r, const S &row, int n) { r.route = row.text(n); }},
    {"operation", [](S &to, int n, const R &r) { writeText(to, n, r.operation); },
     [](R &r, const S &row, int n) { r.operation = row.text(n); }},
    {"attempts", [](S &to, int n, const R &r) { writeJson(to, n, attemptsText(r.attempts)); },
     [](R &r, const S &row, int n) { r.attempts = attemptsOf(row.text(n)); }},
    {"model_asked", [](S &to, int n, const R &r) { writeText(to, n, r.modelAsked); },
     [](R &r, const S &row, int n) { r.modelAsked = row.text(n); }},
    {"model_sent", [](S &to, int n, const R &r) { writeText(to, n, r.modelSent); },
     [](R &r, const S &row, int n) { r.modelSent = row.text(n); }},
    {"model_returned", [](S &to, int n, const R &r) { writeText(to, n, r.modelReturned); },
     [](R &r, const S &row, int n) { r.modelReturned = row.text(n); }},
    {"status", [](S &to, int n, const R &r) { to.bind(n, qint64(r.status)); },
     [](R &r, const S &row, int n) { r.status = int(row.integer(n)); }},
    {"streamed", [](S &to, int n, const R &r) { to.bind(n, qint64(r.streamed)); },
     [](R &r, const S &row, int n) { r.streamed = row.integer(n) != 0; }},
    {"first_byte", [](S &to, int n, const R &r) { writeMicros(to, n, r.firstByte); },
     [](R &r, const S &row, int n) { r.firstByte = microsAt(row, n); }},
    {"first_token", [](S &to, int n, const R &r) { writeMicros(to, n, r.firstToken); },
     [](R &r, const S &row, int n) { r.firstToken = microsAt(row, n); }},
    {"duration", [](S &to, int n, const R &r) { to.bind(n, qint64(r.duration.count())); },
     [](R &r, const S &row, int n) { r.duration = microseconds(row.integer(n)); }},
    {"bytes_in", [](S &to, int n, const R &r) { to.bind(n, r.bytesIn); },
     [](R &r, const S &row, int n) { r.bytesIn = row.integer(n); }},
    {"bytes_out", [](S &to, int n, const R &r) { to.bind(n, r.bytesOut); },
     [](R &r, const S &row, int n) { r.bytesOut = row.integer(n); }},
    {"tokens_in", [](S &to, int n, const R &r) { writeCount(to, n, r.usage.input); },
     [](R &r, const S &row, int n) { r.usage.input = countAt(row, n); }},
    {"tokens_out", [](S &to, int n, const R &r) { writeCount(to, n, r.usage.output); },
     [](R &r, const S &row, int n) { r.usage.output = countAt(row, n); }},
    {"tokens_cached", [](S &to, int n, const R &r) { writeCount(to, n, r.usage.cached); },
     [](R &r, const S &row, int n) { r.usage.cached = countAt(row, n); }},
    {"tokens_cache_written",
     [](S &to, int n, const R &r) { writeCount(to, n, r.usage.cacheWritten); },
     [](R &r, const S &row, int n) { r.usage.cacheWritten = countAt(row, n); }},
    {"tokens_reasoning", [](S &to, int n, const R &r) { writeCount(to, n, r.usage.reasoning); },
     [](R &r, const S &row, int n) { r.usage.reasoning = countAt(row, n); }},
    {"cost", [](S &to, int n, const R &r) { r.cost ? to.bind(n, *r.cost) : to.bindNull(n); },
     [](R &r, const S &row, int n) {
         r.cost = row.isNull(n) ? std::nullopt : std::optional(row.real(n));
     }},
    {"verdicts", [](S &to, int n, const R &r) { writeJson(to, n, verdictsText(r.verdicts)); },
     [](R &r, const S &row, int n) { r.verdicts = verdictsOf(row.text(n)); }},
    {"error", [](S &to, int n, const R &r) { writeText(to, n, r.error); },
     [](R &r, const S &row, int n) { r.error = row.text(n); }},
    {"error_code", [](S &to, int n, const R &r) { writeText(to, n, r.errorCode); },
     [](R &r, const S &row, int n) { r.errorCode = row.text(n); }},
    {"cancelled", [](S &to, int n, const R &r) { to.bind(n, qint64(r.cancelled)); },
     [](R &r, const S &row, int n) { r.cancelled = row.integer(n) != 0; }},
    {"azure_request_id", [](S &to, int n, const R &r) { writeAscii(to, n, r.azureRequestId); },
     [](R &r, const S &row, int n) { r.azureRequestId = row.text(n).toLatin1(); }},
    {"model_request_id", [](S &to, int n, const R &r) { writeAscii(to, n, r.modelRequestId); },
     [](R &r, const S &row, int n) { r.modelRequestId = row.text(n).toLatin1(); }},
    // The bodies stand last, see selectStatement.
    {"request_body", [](S &to, int n, const R &r) { writeBlob(to, n, r.requestBody); },
     [](R &r, const S &row, int n) { r.requestBody = row.blob(n); }},
    {"response_body", [](S &to, int n, const R &r) { writeBlob(to, n, r.responseBody); },
     [](R &r, const S &row, int n) { r.responseBody = row.blob(n); }},
};

} // namespace

QString insertStatement(int rows) {
    QStringList names;
    QStringList places;
    for (const Column &column : columns) {
        names.append(QString::fromLatin1(column.name));
        places.append(u"?"_s);
    }
    const QStringList values(rows, u'(' + places.join(u", "_s) + u')');
    return u"INSERT INTO records (%1) VALUES %2"_s.arg(names.join(u", "_s), values.join(u", "_s));
}

void bindRecord(SqliteStatement &insert, int row, const TrafficRecord &record) {
    int place = row * int(std::size(columns));
    for (const Column &column : columns)
        column.write(insert, place++, record);
}

QString selectStatement(bool bodies) {
    QStringList names{u"number"_s};
    for (const Column &column : columns)
        names.append(QString::fromLatin1(column.name));
    if (!bodies)
        names = names.first(names.size() - 2) + QStringList{u"NULL"_s, u"NULL"_s};
    return u"SELECT %1 FROM"_s.arg(names.join(u", "_s));
}

TrafficRecord readRecord(const SqliteStatement &row) {
    TrafficRecord record;
    record.number = row.integer(0);
    int place = 1;
    for (const Column &column : columns)
        column.read(record, row, place++);
    return record;
}

} // namespace quaygate::traffic
