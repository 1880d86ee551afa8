#include "gateway/config/config_json.h"
#include "tests/fuzz/qt_json.h"
#include "tests/fuzz/target.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace Qt::StringLiterals;

// The text of a configuration file: what can be read is written without loss.

namespace quaygate::fuzz {
namespace {

/// Names that have a meaning somewhere; a file may say of them what is so anyway, and a save leaves
/// that out.
bool isKnownName(const QString &name) {
    static const QSet<QString> names{
        u"version"_s,        u"gateway"_s,     u"backends"_s,       u"routes"_s,
        u"address"_s,        u"port"_s,        u"limits"_s,         u"headerBytes"_s,
        u"targetBytes"_s,    u"bodyBytes"_s,   u"connections"_s,    u"inFlight"_s,
        u"headerTime"_s,     u"bodyStall"_s,   u"keepAlive"_s,      u"writeStall"_s,
        u"name"_s,           u"endpoint"_s,    u"deploymentName"_s, u"apiVersion"_s,
        u"auth"_s,           u"kind"_s,        u"timeouts"_s,       u"connect"_s,
        u"firstByte"_s,      u"idle"_s,        u"total"_s,          u"tls"_s,
        u"caFile"_s,         u"minVersion"_s,  u"http2"_s,          u"proxy"_s,
        u"maxConnections"_s, u"match"_s,       u"pathPrefix"_s,     u"weight"_s,
        u"priority"_s,       u"retry"_s,       u"attempts"_s,       u"statuses"_s,
        u"backoff"_s,        u"maxWait"_s,     u"cooldown"_s,       u"failures"_s,
        u"duration"_s,       u"path"_s,        u"models"_s,         u"headers"_s,
        u"defaults"_s,       u"overrides"_s,   u"prompt"_s,         u"prepend"_s,
        u"append"_s,         u"guard"_s,       u"request"_s,        u"response"_s,
        u"streaming"_s,      u"action"_s,      u"patterns"_s,       u"builtins"_s,
        u"status"_s,         u"message"_s,     u"rateLimit"_s,      u"requests"_s,
        u"tokens"_s,         u"per"_s,         u"burst"_s,          u"budget"_s,
        u"money"_s,          u"warnAt"_s,      u"clientKeys"_s,     u"cors"_s,
        u"metrics"_s,        u"traffic"_s,     u"allowedOrigins"_s, u"days"_s,
        u"megabytes"_s,      u"bodiesUntil"_s, u"prices"_s,
    };
    return names.contains(name);
}

void checkKept(const QJsonValue &before, const QJsonValue &after);

void checkKept(const QJsonObject &before, const QJsonObject &after) {
    for (auto member = before.begin(); member != before.end(); ++member) {
        const QJsonValue kept = after.value(withoutLoneSurrogates(member.key()));
        if (!isKnownName(member.key())) {
            check(!kept.isUndefined(), "a save loses no unknown member");
            check(kept == member.value(), "a save changes no unknown member");
        } else if (!kept.isUndefined()) {
            checkKept(member.value(), kept);
        }
    }
}

/// The unknown members of `before`, at every place that has a meaning, are in `after`.
void checkKept(const QJsonValue &before, const QJsonValue &after) {
    check(before.type() == after.type(), "a save changes no type");
    if (before.isObject())
        return checkKept(before.toObject(), after.toObject());
    const QJsonArray list = before.toArray();
    check(list.size() == after.toArray().size(), "a save loses nothing of a list");
    for (qsizetype i = 0; i < list.size(); ++i)
        checkKept(list.at(i), after.toArray().at(i));
}

/// Compares with Qt's reader of JSON, which knows nothing of ours. It does not take every number.
void checkUnknownKept(const QByteArray &before, const QByteArray &after) {
    const QJsonDocument read = QJsonDocument::fromJson(before);
    if (read.isObject() && !hasByteOrderMark(before))
        checkKept(read.object(), QJsonDocument::fromJson(after).object());
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const QByteArray text = bytesOf(data, size).toByteArray();
    const ParsedConfig read = parseConfig(text);
    for (const Problem &problem : read.problems)
        check(problem.line >= 1 && !problem.message.isEmpty(), "a problem has a line and a reason");
    if (!read.problems.isEmpty())
        return 0;

    const QByteArray written = writeConfig(read.config);
    const ParsedConfig again = parseConfig(written);
    check(again.problems.isEmpty(), "what is written can be read");
    check(again.config == read.config, "what is written is what was read");
    check(writeConfig(again.config) == written, "a second save changes nothing");
    checkUnknownKept(text, written);
    return 0;
}
