#include "gateway/simulator/batch_lines.h"

#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// "/v1/chat/completions" and "/chat/completions" are one.
QString withoutVersion(const QString &url) {
    return url.startsWith(u"/v1/") ? url.sliced(3) : url;
}

QJsonObject problem(const QString &code, const QString &message, int line) {
    return {{u"code"_s, code},
            {u"message"_s, message},
            {u"param"_s, QJsonValue()},
            {u"line"_s, line > 0 ? QJsonValue(line) : QJsonValue()}};
}

/// What is wrong with a line; empty if nothing is.
QJsonObject problemOf(const QJsonObject &line, int number, const QString &endpoint,
                      const QSet<QString> &ids) {
    const QString id = line[u"custom_id"].toString();
    const QString url = withoutVersion(line[u"url"].toString());
    if (line.isEmpty())
        return problem(u"invalid_json_line"_s, u"This line is not parseable as valid JSON."_s,
                       number);
    if (id.isEmpty())
        return problem(u"missing_required_parameter"_s,
                       u"Missing required parameter: 'custom_id'."_s, number);
    if (ids.contains(id))
        return problem(u"duplicate_custom_id"_s,
                       u"The custom_id '%1' is used more than once."_s.arg(id), number);
    if (line[u"method"] != u"POST"_s)
        return problem(u"invalid_method"_s, u"The method of a request must be 'POST'."_s, number);
    if (url != withoutVersion(endpoint))
        return problem(u"url_mismatch"_s,
                       u"The url '%1' does not match the batch's endpoint '%2'."_s.arg(
                           line[u"url"].toString(), endpoint),
                       number);
    if (!line[u"body"].isObject())
        return problem(u"missing_required_parameter"_s, u"Missing required parameter: 'body'."_s,
                       number);
    return {};
}

} // namespace

BatchLines readBatchLines(const QByteArray &file, const QString &endpoint) {
    BatchLines result;
    QSet<QString> ids;
    int number = 0;
    for (const QByteArray &text : file.split('\n')) {
        ++number;
        if (text.trimmed().isEmpty())
            continue;
        if (result.lines.size() == mostBatchLines) {
            result.problems = {problem(
                u"too_many_tasks"_s,
                u"The simulator runs at most %1 requests in one batch."_s.arg(mostBatchLines), 0)};
            return result;
        }
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        const QJsonObject wrong = problemOf(line, number, endpoint, ids);
        if (!wrong.isEmpty()) {
            result.problems.append(wrong);
            continue;
        }
        ids.insert(line[u"custom_id"].toString());
        result.lines.append({line[u"custom_id"].toString(), line[u"body"].toObject()});
    }
    if (result.lines.isEmpty() && result.problems.isEmpty())
        result.problems.append(problem(u"empty_file"_s, u"The input file has no requests."_s, 0));
    return result;
}

} // namespace quaygate::simulator
