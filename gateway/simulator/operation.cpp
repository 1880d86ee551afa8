#include "gateway/simulator/operation.h"

#include <QUrl>
#include <QUrlQuery>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// Segments decoded once. Doubled slashes count as one: the service has been seen to allow them.
QList<QByteArray> segmentsOf(const QByteArray &path) {
    QList<QByteArray> segments;
    for (const QByteArray &segment : path.split('/')) {
        if (!segment.isEmpty())
            segments.append(QByteArray::fromPercentEncoding(segment));
    }
    return segments;
}

/// Names without case, the first one counts.
QByteArray queryValue(const QByteArray &query, QByteArrayView name) {
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArray key =
            QByteArray::fromPercentEncoding(equals < 0 ? pair : pair.first(equals));
        if (sameHeader(key, name))
            return equals < 0 ? QByteArray()
                              : QByteArray::fromPercentEncoding(pair.sliced(equals + 1));
    }
    return {};
}

struct Place {
    Family family = Family::Resource;
    QString deployment;
    QList<QByteArray> rest;
};

Place placeOf(const QList<QByteArray> &segments, const QList<QByteArray> &prefix) {
    const bool below = segments.size() >= prefix.size() && segments.first(prefix.size()) == prefix;
    const QList<QByteArray> rest = below ? segments.sliced(prefix.size()) : QList<QByteArray>();
    if (rest.value(0) == "anthropic" && rest.value(1) == "v1")
        return {Family::Anthropic, {}, rest.sliced(2)};
    if (rest.value(0) != "openai")
        return {Family::Root, {}, segments};
    if (rest.value(1) == "v1")
        return {Family::V1, {}, rest.sliced(2)};
    if (rest.value(1) == "deployments" && rest.size() > 2)
        return {Family::Deployment, QString::fromUtf8(rest[2]), rest.sliced(3)};
    return {Family::Resource, {}, rest.sliced(1)};
}

/// Whether the rest of a path is the operation's; what `{…}` stands for goes to `item`.
bool matches(const QList<QByteArray> &rest, const Operation &operation, QString &item) {
    const QList<QByteArray> pattern = QByteArray(operation.path).split('/');
    if (pattern.size() != rest.size())
        return false;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        if (pattern[i].startsWith('{'))
            item = QString::fromUtf8(rest[i]);
        else if (pattern[i] != rest[i])
            return false;
    }
    return true;
}

/// On the dated families a version without the operation has no such path. The others have all
/// operations in all versions; a wrong version on v1 is an error of its own.
bool exists(const Operation &operation, Family family, const ApiVersion &version) {
    if (family != Family::Deployment && family != Family::Resource)
        return true;
    const QByteArrayView since(operation.since);
    const QByteArrayView until(operation.until);
    return version.isKnownDate() && (since.isEmpty() || version.isSince(since)) &&
           (until.isEmpty() || version.isUntil(until));
}

} // namespace

QByteArray Call::query(QByteArrayView name) const {
    const qsizetype question = request->target.indexOf('?');
    return question < 0 ? QByteArray() : queryValue(request->target.sliced(question + 1), name);
}

qint64 Call::seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
}

std::optional<Call> route(const HttpRequest &request, const QList<QByteArray> &pathPrefix) {
    const qsizetype question = request.target.indexOf('?');
    const QByteArray path = question < 0 ? request.target : request.target.first(question);
    const Place place = placeOf(segmentsOf(path), pathPrefix);

    Call call;
    call.request = &request;
    call.family = place.family;
    call.version = ApiVersion(call.query("api-version"));
    call.deploymentName = place.deployment;
    for (const Operation &operation : operations()) {
        if (operation.families.testFlag(place.family) && request.method == operation.method &&
            matches(place.rest, operation, call.item) &&
            exists(operation, place.family, call.version)) {
            call.operation = &operation;
            return call;
        }
    }
    return std::nullopt;
}

} // namespace quaygate::simulator
