#include "gateway/pipeline/request_path.h"

#include <algorithm>
#include <array>

namespace quaygate {

namespace {

bool takePrefix(QByteArrayView &path, QByteArrayView prefix) {
    if (!path.startsWith(prefix))
        return false;
    path = path.sliced(prefix.size());
    return true;
}

bool isBelow(QByteArrayView path, QByteArrayView family) {
    return path.startsWith(family) && (path.size() == family.size() || path[family.size()] == '/');
}

/// Of a segment of a canonical path.
QByteArray decoded(QByteArrayView segment) {
    return QByteArray::fromPercentEncoding(segment.toByteArray());
}

QByteArrayView withoutFamily(QByteArrayView path, QByteArray &deployment) {
    if (takePrefix(path, "/openai/deployments/")) {
        const qsizetype slash = path.indexOf('/');
        deployment = decoded(slash < 0 ? path : path.first(slash));
        return slash < 0 ? QByteArrayView() : path.sliced(slash);
    }
    for (const QByteArrayView family : {"/openai/v1", "/v1", "/openai"}) {
        if (isBelow(path, family))
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

Door doorOf(QByteArrayView path, QByteArrayView method) {
    if (path == "/messages")
        return Door::Messages;
    if (path == "/messages/count_tokens")
        return Door::CountTokens;
    return method == "GET" && isBelow(path, "/models") ? Door::Models : Door::OpenAi;
}

} // namespace

QByteArrayView pathOf(QByteArrayView target) {
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? target : target.first(mark);
}

QByteArrayView queryOf(QByteArrayView target) {
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView() : target.sliced(mark + 1);
}

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
            QByteArray text = decoded(segment);
            text.replace('%', "%25").replace('/', "%2F");
            canonical.append('/').append(text);
        }
        path = slash < 0 ? QByteArrayView() : path.sliced(slash + 1);
    }
    return canonical;
}

QByteArrayView firstSegments(QByteArrayView path, qsizetype count) {
    qsizetype end = 0;
    for (; count > 0 && end >= 0 && end < path.size(); --count)
        end = path.indexOf('/', end + 1);
    return end < 0 ? path : path.first(std::min(end, path.size()));
}

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

PathBelow readPathBelow(QByteArrayView canonical, QByteArrayView method) {
    PathBelow path;
    path.rest = withoutFamily(canonical, path.deployment);
    path.door = doorOf(path.rest, method);
    if (path.door == Door::Models)
        path.item = decoded(withoutSegments(path.rest, 1));
    else if (canonical.isEmpty() || path.door != Door::OpenAi)
        path.operation = Operation::ChatCompletions;
    else
        path.operation = operationOf(path.rest);
    return path;
}

bool isAtTheRoot(QByteArrayView canonical) {
    return isBelow(canonical, "/v1") || isBelow(canonical, "/openai");
}

} // namespace quaygate
