#include "app/traffic_lines.h"

#include "gateway/traffic/record_lists.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using std::chrono::microseconds;

const QString unknown = u"–"_s;

struct Column {
    const char *head;
    int width;
    bool toTheRight; ///< numbers
};

constexpr std::array columns{
    Column{"TIME", 19, false},    Column{"STATUS", 6, true},  Column{"ROUTE", 14, false},
    Column{"BACKEND", 12, false}, Column{"MODEL", 24, false}, Column{"KEY", 12, false},
    Column{"IN", 7, true},        Column{"OUT", 6, true},     Column{"COST", 9, true},
    Column{"FIRST", 6, true},     Column{"TOTAL", 6, true},
};

/// Without what a terminal would obey.
QString plain(QString text) {
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
            c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph)
            c = u'\uFFFD';
    }
    return text;
}

QString fitted(const QString &text, const Column &column) {
    const QString cut = text.size() > column.width ? text.first(column.width - 1) + u'…' : text;
    return column.toTheRight ? cut.rightJustified(column.width) : cut.leftJustified(column.width);
}

QString row(const QStringList &cells, const QString &note) {
    QString line;
    for (size_t i = 0; i < columns.size(); ++i)
        line += fitted(cells.at(qsizetype(i)), columns.at(i)) + u"  "_s;
    line += note;
    while (line.endsWith(u' '))
        line.chop(1);
    return line + u'\n';
}

QString orUnknown(const QString &text) {
    return text.isEmpty() ? unknown : plain(text);
}

QString count(const std::optional<qint64> &number) {
    return number ? QString::number(*number) : unknown;
}

QString money(const std::optional<double> &dollars) {
    return dollars ? u'$' + QString::number(*dollars, 'f', *dollars < 1 ? 5 : 2) : unknown;
}

QString span(const std::optional<microseconds> &time) {
    if (!time)
        return unknown;
    const double seconds = std::chrono::duration<double>(*time).count();
    if (seconds < 1)
        return QString::number(qRound(seconds * 1000)) + u"ms"_s;
    return seconds < 100 ? QString::number(seconds, 'f', seconds < 10 ? 2 : 1) + u's'
                         : QString::number(qRound(seconds)) + u's';
}

QDateTime momentOf(const TrafficRecord &record) {
    using std::chrono::milliseconds;
    const auto sinceEpoch = std::chrono::floor<milliseconds>(record.time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count()).toUTC();
}

QString noteOf(const TrafficRecord &record) {
    QStringList notes;
    if (record.cancelled)
        notes.append(u"the client left"_s);
    if (record.attempts.size() > 1)
        notes.append(u"%1 attempts"_s.arg(record.attempts.size()));
    for (const RuleVerdict &verdict : record.verdicts) {
        notes.append(u"%1 %2"_s.arg(verdict.rule, verdict.verdict));
        if (!verdict.detail.isEmpty())
            notes.last() += u": "_s + verdict.detail;
    }
    if (!record.error.isEmpty())
        notes.append(record.error);
    return plain(notes.join(u"; "_s));
}

QJsonValue number(const std::optional<qint64> &value) {
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue milliseconds(const std::optional<microseconds> &value) {
    return value ? QJsonValue(double(value->count()) / 1000) : QJsonValue();
}

QJsonValue text(const QString &value) {
    return value.isEmpty() ? QJsonValue() : QJsonValue(value);
}

QJsonObject usageJson(const TokenUsage &usage) {
    return {{"input"_L1, number(usage.input)},
            {"output"_L1, number(usage.output)},
            {"cached"_L1, number(usage.cached)},
            {"cacheWritten"_L1, number(usage.cacheWritten)},
            {"reasoning"_L1, number(usage.reasoning)}};
}

} // namespace

QString trafficTableHead() {
    QStringList cells;
    for (const Column &column : columns)
        cells.append(QString::fromLatin1(column.head));
    return row(cells, u"NOTE"_s);
}

QString trafficTableLine(const TrafficRecord &record, const QTimeZone &zone) {
    const QString model = record.modelReturned.isEmpty()
                              ? (record.modelSent.isEmpty() ? record.modelAsked : record.modelSent)
                              : record.modelReturned;
    const QString backend = record.attempts.isEmpty() ? QString() : record.attempts.last().backend;
    return row({momentOf(record).toTimeZone(zone).toString(u"yyyy-MM-dd HH:mm:ss"_s),
                record.status == 0 ? unknown : QString::number(record.status),
                orUnknown(record.route), orUnknown(backend), orUnknown(model),
                orUnknown(record.clientKey), count(record.usage.input), count(record.usage.output),
                money(record.cost), span(record.firstToken), span(record.duration)},
               noteOf(record));
}

QByteArray trafficJsonLine(const TrafficRecord &record) {
    QJsonObject object{
        {"number"_L1, record.number},
        {"time"_L1, momentOf(record).toString(Qt::ISODateWithMs)},
        {"clientKey"_L1, text(record.clientKey)},
        {"tool"_L1, text(record.tool)},
        {"method"_L1, text(QString::fromLatin1(record.method))},
        {"path"_L1, text(QString::fromLatin1(record.path))},
        {"route"_L1, text(record.route)},
        {"operation"_L1, text(record.operation)},
        {"attempts"_L1, traffic::attemptsJson(record.attempts)},
        {"modelAsked"_L1, text(record.modelAsked)},
        {"modelSent"_L1, text(record.modelSent)},
        {"modelReturned"_L1, text(record.modelReturned)},
        {"status"_L1, record.status == 0 ? QJsonValue() : QJsonValue(record.status)},
        {"streamed"_L1, record.streamed},
        {"firstByteMs"_L1, milliseconds(record.firstByte)},
        {"firstTokenMs"_L1, milliseconds(record.firstToken)},
        {"durationMs"_L1, milliseconds(record.duration)},
        {"bytesIn"_L1, record.bytesIn},
        {"bytesOut"_L1, record.bytesOut},
        {"usage"_L1, usageJson(record.usage)},
        {"costDollars"_L1, record.cost ? QJsonValue(*record.cost) : QJsonValue()},
        {"verdicts"_L1, traffic::verdictsJson(record.verdicts)},
        {"error"_L1, text(record.error)},
        {"errorCode"_L1, text(record.errorCode)},
        {"cancelled"_L1, record.cancelled},
        {"azureRequestId"_L1, text(QString::fromLatin1(record.azureRequestId))},
        {"modelRequestId"_L1, text(QString::fromLatin1(record.modelRequestId))},
    };
    if (!record.requestBody.isEmpty())
        object.insert("requestBody"_L1, QString::fromUtf8(record.requestBody));
    if (!record.responseBody.isEmpty())
        object.insert("responseBody"_L1, QString::fromUtf8(record.responseBody));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace quaygate
