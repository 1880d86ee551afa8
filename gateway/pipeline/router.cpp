#include "gateway/pipeline/router.h"

#include <QStringList>

#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Segments = QList<QByteArray>;

/// The decoded segments of a path; empty ones (a doubled or trailing slash) do not count.
Segments segmentsOf(QByteArrayView path) {
    Segments segments;
    while (!path.isEmpty()) {
        const qsizetype slash = path.indexOf('/');
        const QByteArrayView segment = slash < 0 ? path : path.first(slash);
        if (!segment.isEmpty())
            segments.append(QByteArray::fromPercentEncoding(segment.toByteArray()));
        path = slash < 0 ? QByteArrayView() : path.sliced(slash + 1);
    }
    return segments;
}

bool startsWith(const Segments &path, const Segments &prefix) {
    return prefix.size() <= path.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

const Route *longestPrefix(const Config &config, const Segments &path) {
    const Route *best = nullptr;
    qsizetype bestSize = -1;
    for (const Route &route : config.routes) {
        const Segments prefix = segmentsOf(route.match.pathPrefix.toUtf8());
        if (prefix.size() > bestSize && startsWith(path, prefix)) {
            best = &route;
            bestSize = prefix.size();
        }
    }
    return best;
}

/// Drops what clients put before the operation: /v1, /openai/v1 or /openai/deployments/{any}.
Segments withoutFamily(Segments rest) {
    if (rest.size() >= 3 && rest[0] == "openai" && rest[1] == "deployments")
        return rest.sliced(3);
    if (rest.size() >= 2 && rest[0] == "openai" && rest[1] == "v1")
        return rest.sliced(2);
    if (!rest.isEmpty() && rest[0] == "v1")
        return rest.sliced(1);
    return rest;
}

std::optional<Operation> operationOf(const Segments &rest) {
    if (rest.isEmpty())
        return Operation::ChatCompletions;
    const Segments operation = withoutFamily(rest);
    if (operation == Segments{"chat", "completions"})
        return Operation::ChatCompletions;
    if (operation == Segments{"embeddings"})
        return Operation::Embeddings;
    return std::nullopt;
}

Error noRoute(const Config &config, QByteArrayView path) {
    QStringList prefixes;
    for (const Route &route : config.routes)
        prefixes.append(route.match.pathPrefix);
    const QString shown = QString::fromUtf8(path.first(std::min<qsizetype>(path.size(), 200)));
    if (prefixes.isEmpty())
        return {
            ErrorCode::NoRoute, u"No route is configured; add one in Quaygate under Routes."_s, {}};
    return {ErrorCode::NoRoute,
            u"No route serves %1. The path must start with one of: %2."_s.arg(
                shown, prefixes.join(u", "_s)),
            {}};
}

} // namespace

Result<Routed> route(const Config &config, QByteArrayView method, QByteArrayView target) {
    const qsizetype query = target.indexOf('?');
    const QByteArrayView path = query < 0 ? target : target.first(query);
    const Segments segments = segmentsOf(path);
    const Route *found = longestPrefix(config, segments);
    if (!found)
        return noRoute(config, path);
    const auto operation =
        operationOf(segments.sliced(segmentsOf(found->match.pathPrefix.toUtf8()).size()));
    if (!operation)
        return Error{ErrorCode::UnknownOperation,
                     u"Route \"%1\" does not know this path. It serves %2 (chat completions), "
                     "%2/chat/completions and %2/embeddings, also with /v1, /openai/v1 or "
                     "/openai/deployments/NAME before the operation."_s.arg(
                         found->name, found->match.pathPrefix),
                     {}};
    if (method != "POST")
        return Error{ErrorCode::MethodNotAllowed,
                     u"This path takes POST, not %1."_s.arg(
                         QString::fromLatin1(method.first(std::min<qsizetype>(method.size(), 32)))),
                     {}};
    const Backend *backend =
        found->backends.isEmpty() ? nullptr : config.findBackend(found->backends.first().name);
    if (!backend)
        return Error{ErrorCode::ConfigInvalid,
                     u"Route \"%1\" has no backend; choose one under Routes."_s.arg(found->name),
                     {}};
    return Routed{found, backend, *operation};
}

} // namespace quaygate
