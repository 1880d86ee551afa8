#pragma once

#include "gateway/dialects/chat_usage.h"
#include "gateway/dialects/json_build.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// What an answer in the shape of the Responses API needs to know of its request.
struct ResponseContext {
    /// The members of the request that a response repeats, with their defaults.
    ObjectText repeated;
    /// What ids are made of where the upstream gives its answer none.
    QByteArray fallbackId = "unnamed";
};

/// Who and when, of the chat completion that a response is made of.
struct ResponseHead {
    QByteArray tail; ///< what all ids of the response end in
    qint64 createdAt = 0;
};
ResponseHead responseHead(QByteArrayView chatId, qint64 created, const ResponseContext &context);

/// How it ended, out of the `finish_reason` of the chat API.
struct ResponseEnding {
    QByteArray status = "in_progress";
    QByteArray incompleteReason; ///< empty unless it is incomplete
    QByteArray error;            ///< JSON; empty unless it failed
};
ResponseEnding responseEnding(QByteArrayView finishReason);

/// The items of `output`; texts are JSON strings.
QByteArray messageItem(const QByteArray &id, QByteArrayView status, const QByteArrayList &parts);
QByteArray reasoningItem(const QByteArray &id, const QByteArrayList &summary);
QByteArray functionCallItem(const QByteArray &id, QByteArrayView status, QByteArrayView callId,
                            QByteArrayView name, const QByteArray &argumentsLiteral);

/// The parts of a message or a summary; `textLiteral` is a JSON string.
QByteArray outputTextPart(QByteArrayView textLiteral);
QByteArray refusalPart(QByteArrayView textLiteral);
QByteArray summaryPart(QByteArrayView textLiteral);

/// The whole object. `usage` is null unless it is known.
QByteArray responseObject(const ResponseHead &head, const ResponseEnding &ending,
                          const QByteArrayList &output, const ChatUsage &usage,
                          const ResponseContext &context);

} // namespace quaygate::dialects
