#pragma once

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/json_view.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// What an answer in the shape of the chat completions API needs to know of its request.
struct ChunkContext {
    bool includeUsage = false; ///< a stream ends with a chunk that counts the tokens
};

/// What every chunk begins with, or a whole completion, out of a response.
struct ChunkHead {
    QByteArray id;
    qint64 created = 0;
    QByteArray modelLiteral = "\"\"";
};
ChunkHead chunkHead(const JsonView &response);

/// `object` is the name of the shape.
ObjectText chatObject(const ChunkHead &head, QByteArrayView object);

/// `finish_reason` for a response that has ended.
QByteArray finishReason(const JsonView &response, bool hasToolCalls);

/// The `usage` of a response, or null.
QByteArray chatUsageText(const JsonView &usage);

} // namespace quaygate::dialects
