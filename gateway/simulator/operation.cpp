#include "gateway/simulator/operation.h"

#include "gateway/simulator/chat.h"
#include "gateway/simulator/embeddings.h"
#include "gateway/simulator/listings.h"

#include <QUrl>
#include <QUrlQuery>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr std::array table{
    Operation{Family::Deployment, "POST", "chat/completions", "ChatCompletions_Create",
              "chatCompletion", "2023-03-15", "", true, Ability::Chat, answerChat},
    Operation{Family::V1, "POST", "chat/completions", "ChatCompletions_Create", "chatCompletion",
              "", "", true, Ability::Chat, answerChat},
    Operation{Family::Deployment, "POST", "embeddings", "Embeddings_Create", "embeddings", "", "",
              true, Ability::Embeddings, answerEmbeddings},
    Operation{Family::V1, "POST", "embeddings", "Embeddings_Create", "embeddings", "", "", true,
              Ability::Embeddings, answerEmbeddings},
    // Gone from every later version; clients still use it.
    Operation{Family::Resource, "GET", "deployments", "Deployments_List", "deployments",
              "2022-12-01", "2023-03-15", false, Ability::Chat, listDeployments},
    Operation{Family::Resource, "GET", "models", "Models_List", "models", "", "", false,
              Ability::Chat, listModels},
    Operation{Family::Resource, "GET", "models/{id}", "Models_Get", "models", "", "", false,
              Ability::Chat, showModel},
    Operation{Family::V1, "GET", "models", "Models_List", "models", "", "", false, Ability::Chat,
              listModels},
    Operation{Family::V1, "GET", "models/{id}", "Models_Get", "models", "", "", false,
              Ability::Chat, showModel},
};

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

std::optional<Place> placeOf(QList<QByteArray> segments, const QList<QByteArray> &prefix) {
    if (segments.size() < prefix.size() || segments.first(prefix.size()) != prefix)
        return std::nullopt;
    segments = segments.sliced(prefix.size());
    if (segments.isEmpty() || segments.takeFirst() != "openai")
        return std::nullopt;
    if (segments.value(0) == "v1")
        return Place{Family::V1, {}, segments.sliced(1)};
    if (segments.value(0) == "deployments" && segments.size() > 1)
        return Place{Family::Deployment, QString::fromUtf8(segments[1]), segments.sliced(2)};
    return Place{Family::Resource, {}, segments};
}

/// Whether the rest of a path is the operation's; what `{id}` stands for goes to `item`.
bool matches(const QList<QByteArray> &rest, const Operation &operation, QString &item) {
    const QList<QByteArray> pattern = QByteArray(operation.path).split('/');
    if (pattern.size() != rest.size())
        return false;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        if (pattern[i] == "{id}")
            item = QString::fromUtf8(rest[i]);
        else if (pattern[i] != rest[i])
            return false;
    }
    return true;
}

/// On the deployments family a version without the operation has no such path. The v1 family has
/// all operations in all versions; a wrong version there is an error of its own.
bool exists(const Operation &operation, const ApiVersion &version) {
    if (operation.family == Family::V1)
        return true;
    const QByteArrayView since(operation.since);
    const QByteArrayView until(operation.until);
    return version.isKnownDate() && (since.isEmpty() || version.isSince(since)) &&
           (until.isEmpty() || version.isUntil(until));
}

} // namespace

std::span<const Operation> operations() {
    return table;
}

std::optional<Call> route(const HttpRequest &request, const QList<QByteArray> &pathPrefix) {
    const qsizetype question = request.target.indexOf('?');
    const QByteArray path = question < 0 ? request.target : request.target.first(question);
    const QByteArray query = question < 0 ? QByteArray() : request.target.sliced(question + 1);
    const std::optional<Place> place = placeOf(segmentsOf(path), pathPrefix);
    if (!place)
        return std::nullopt;

    Call call;
    call.version = ApiVersion(queryValue(query, "api-version"));
    call.deploymentName = place->deployment;
    for (const Operation &operation : table) {
        if (operation.family == place->family && request.method == operation.method &&
            matches(place->rest, operation, call.item) && exists(operation, call.version)) {
            call.operation = &operation;
            return call;
        }
    }
    return std::nullopt;
}

} // namespace quaygate::simulator
