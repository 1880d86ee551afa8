#include "gateway/traffic/record_lists.h"

#include "gateway/json/json_text.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <string>

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

QJsonArray arrayOf(const QString &text) {
    return QJsonDocument::fromJson(text.toUtf8()).array();
}

void appendQuoted(std::string &text, const QString &value) {
    const QByteArray quoted = json::quote(value);
    text.append(quoted.data(), size_t(quoted.size()));
}

/// Three digits behind the point.
void appendMilliseconds(std::string &text, std::chrono::microseconds duration) {
    const auto micros = std::max<qint64>(duration.count(), 0);
    const std::string part = std::to_string(micros % 1000);
    text += std::to_string(micros / 1000) + '.' + std::string(3 - part.size(), '0') + part;
}

} // namespace

QJsonArray attemptsJson(const QList<Attempt> &attempts) {
    QJsonArray array;
    for (const Attempt &attempt : attempts) {
        QJsonObject object{{"backend"_L1, attempt.backend},
                           {"status"_L1, attempt.status},
                           {"durationMs"_L1, double(attempt.duration.count()) / 1000}};
        if (!attempt.error.isEmpty())
            object.insert("error"_L1, attempt.error);
        array.append(object);
    }
    return array;
}

QJsonArray verdictsJson(const QList<RuleVerdict> &verdicts) {
    QJsonArray array;
    for (const RuleVerdict &verdict : verdicts) {
        QJsonObject object{{"rule"_L1, verdict.rule}, {"verdict"_L1, verdict.verdict}};
        if (!verdict.detail.isEmpty())
            object.insert("detail"_L1, verdict.detail);
        array.append(object);
    }
    return array;
}

QByteArray attemptsText(const QList<Attempt> &attempts) {
    if (attempts.isEmpty())
        return {};
    std::string text;
    for (const Attempt &attempt : attempts) {
        text += text.empty() ? "[{\"backend\":" : ",{\"backend\":";
        appendQuoted(text, attempt.backend);
        text += ",\"status\":" + std::to_string(attempt.status) + ",\"durationMs\":";
        appendMilliseconds(text, attempt.duration);
        if (!attempt.error.isEmpty()) {
            text += ",\"error\":";
            appendQuoted(text, attempt.error);
        }
        text += '}';
    }
    return QByteArray::fromStdString(text + ']');
}

QByteArray verdictsText(const QList<RuleVerdict> &verdicts) {
    return verdicts.isEmpty()
               ? QByteArray()
               : QJsonDocument(verdictsJson(verdicts)).toJson(QJsonDocument::Compact);
}

QList<Attempt> attemptsOf(const QString &text) {
    QList<Attempt> attempts;
    for (const QJsonValue &value : arrayOf(text)) {
        const QJsonObject object = value.toObject();
        attempts.append({object.value("backend"_L1).toString(), object.value("status"_L1).toInt(),
                         object.value("error"_L1).toString(),
                         std::chrono::microseconds(
                             std::llround(object.value("durationMs"_L1).toDouble() * 1000))});
    }
    return attempts;
}

QList<RuleVerdict> verdictsOf(const QString &text) {
    QList<RuleVerdict> verdicts;
    for (const QJsonValue &value : arrayOf(text)) {
        const QJsonObject object = value.toObject();
        verdicts.append({object.value("rule"_L1).toString(), object.value("verdict"_L1).toString(),
                         object.value("detail"_L1).toString()});
    }
    return verdicts;
}

} // namespace quaygate::traffic
