#include "gateway/pipeline/routing_table.h"

#include <QStringList>

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Paths compare by their decoded segments; empty ones (a doubled or trailing slash) do not count.
/// This is the one spelling that all spellings of a path share: "" or "/a/b", decoded but for the
/// slash and the percent sign, which would read as something else.
QByteArray canonicalPath(QByteArrayView path) {
    const bool isCanonical =
        path.startsWith('/') && !path.endsWith('/') && !path.contains('%') && !path.contains("//");
    if (isCanonical)
        return path.toByteArray();
    QByteArray canonical;
    while (!path.isEmpty()) {
        const qsizetype slash = path.indexOf('/');
        const QByteArrayView segment = slash < 0 ? path : path.first(slash);
        if (!segment.isEmpty()) {
            QByteArray decoded = QByteArray::fromPercentEncoding(segment.toByteArray());
            decoded.replace('%', "%25").replace('/', "%2F");
            canonical.append('/').append(decoded);
        }
        path = slash < 0 ? QByteArrayView() : path.sliced(slash + 1);
    }
    return canonical;
}

/// The path's first `count` segments, or all of it.
QByteArrayView firstSegments(QByteArrayView path, qsizetype count) {
    qsizetype end = 0;
    for (; count > 0 && end >= 0 && end < path.size(); --count)
        end = path.indexOf('/', end + 1);
    return end < 0 ? path : path.first(std::min(end, path.size()));
}

bool takePrefix(QByteArrayView &path, QByteArrayView prefix) {
    if (!path.startsWith(prefix))
        return false;
    path = path.sliced(prefix.size());
    return true;
}

/// Drops what clients put before the operation: /v1, /openai/v1, /openai/deployments/{any} or
/// /openai.
QByteArrayView withoutFamily(QByteArrayView path) {
    if (takePrefix(path, "/openai/deployments/")) {
        const qsizetype slash = path.indexOf('/');
        return slash < 0 ? QByteArrayView() : path.sliced(slash);
    }
    for (const QByteArrayView family : {"/openai/v1", "/v1", "/openai"}) {
        if (path.startsWith(family) && (path.size() == family.size() || path[family.size()] == '/'))
            return path.sliced(family.size());
    }
    return path;
}

std::optional<Operation> operationOf(QByteArrayView path) {
    for (const OperationInfo &info : operationTable) {
        if (path.size() == info.path.size() + 1 &&
            path.sliced(1) == QByteArrayView(info.path.data(), info.path.size()))
            return info.operation;
    }
    return std::nullopt;
}

Door doorOf(QByteArrayView path) {
    if (path == "/messages")
        return Door::Messages;
    return path == "/messages/count_tokens" ? Door::CountTokens : Door::OpenAi;
}

/// The raw path without so many of its segments.
QByteArrayView withoutSegments(QByteArrayView path, qsizetype count) {
    while (true) {
        while (path.startsWith('/'))
            path = path.sliced(1);
        if (count-- == 0 || path.isEmpty())
            return path;
        const qsizetype slash = path.indexOf('/');
        path = slash < 0 ? QByteArrayView() : path.sliced(slash);
    }
}

bool hasDotSegments(QByteArrayView canonical) {
    const QByteArray closed = canonical.toByteArray() + '/';
    return closed.contains("/./") || closed.contains("/../");
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

Error unknownOperation(const Route &route) {
    return {ErrorCode::UnknownOperation,
            u"The path does not say what is wanted of route \"%1\". It serves %2 (chat "
            "completions), %2/chat/completions, %2/responses and what else Azure serves, also with "
            "/v1, /openai/v1 or /openai/deployments/NAME before it."_s.arg(route.name,
                                                                           route.match.pathPrefix),
            {}};
}

Error wrongMethod(QByteArrayView method) {
    return {ErrorCode::MethodNotAllowed,
            u"This path takes POST, not %1."_s.arg(
                QString::fromLatin1(method.first(std::min<qsizetype>(method.size(), 32)))),
            {}};
}

} // namespace

RoutingTable::RoutingTable(Snapshot snapshot) : m_snapshot(std::move(snapshot)) {
    m_entries.reserve(static_cast<std::size_t>(m_snapshot->routes.size()));
    for (const Route &route : m_snapshot->routes) {
        const QByteArray path = canonicalPath(route.match.pathPrefix.toUtf8());
        m_deepest = std::max(m_deepest, path.count('/'));
        m_byPath.emplace(path, m_entries.size());
        Entry &entry = m_entries.emplace_back();
        entry.route = &route;
        entry.pathSize = path.size();
        if (!route.backends.isEmpty())
            entry.backend = m_snapshot->findBackend(route.backends.first().name);
    }
}

const RoutingTable::Entry *RoutingTable::longestPrefix(QByteArrayView path) const {
    QByteArrayView candidate = firstSegments(path, m_deepest);
    while (true) {
        if (const auto found = m_byPath.find(candidate); found != m_byPath.end())
            return &m_entries[found->second];
        if (candidate.isEmpty())
            return nullptr;
        candidate = candidate.first(candidate.lastIndexOf('/'));
    }
}

Result<QByteArray> RoutingTable::passThroughUrl(const Entry &entry, QByteArrayView target,
                                                QByteArrayView rest) const {
    const qsizetype mark = target.indexOf('?');
    const QByteArrayView path = mark < 0 ? target : target.first(mark);
    const QByteArrayView query = mark < 0 ? QByteArrayView() : target.sliced(mark + 1);
    const QByteArray canonical = canonicalPath(path);
    const qsizetype before = canonical.count('/') - rest.count('/');
    return upstreamUrl(*entry.backend, withoutSegments(path, before), query);
}

Result<Routed> RoutingTable::find(QByteArrayView method, QByteArrayView target) const {
    const qsizetype query = target.indexOf('?');
    const QByteArrayView path = query < 0 ? target : target.first(query);
    const QByteArray canonical = canonicalPath(path);
    const Entry *entry = longestPrefix(canonical);
    if (!entry)
        return noRoute(*m_snapshot, path);
    const Route &route = *entry->route;
    const QByteArrayView below = QByteArrayView(canonical).sliced(entry->pathSize);
    const QByteArrayView rest = withoutFamily(below);
    const Door door = doorOf(rest);
    const std::optional<Operation> operation = below.isEmpty() || door != Door::OpenAi
                                                   ? std::optional(Operation::ChatCompletions)
                                                   : operationOf(rest);
    if (!operation && (rest.isEmpty() || hasDotSegments(rest)))
        return unknownOperation(route);
    if (operation && method != "POST")
        return wrongMethod(method);
    if (!entry->backend)
        return Error{ErrorCode::ConfigInvalid,
                     u"Route \"%1\" has no backend; choose one under Routes."_s.arg(route.name),
                     {}};
    if (!operation)
        return Routed{&route, entry->backend, door, {}, passThroughUrl(*entry, target, rest)};
    auto &url = entry->urls[static_cast<std::size_t>(*operation)];
    if (!url)
        url = upstreamUrl(*entry->backend, *operation);
    return Routed{&route, entry->backend, door, operation, *url};
}

} // namespace quaygate
