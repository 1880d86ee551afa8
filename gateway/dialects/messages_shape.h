#pragma once

#include "gateway/dialects/chat_usage.h"
#include "gateway/dialects/tool_names.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// What an answer in the shape of the Messages API needs to know of its request.
struct MessagesContext {
    QByteArray model; ///< as the client named it, and reads it again in the answer
    ToolNames toolNames;
    /// The id of the message where the upstream gives its answer none.
    QByteArray fallbackId = "msg_unnamed";
    /// What a stream counts as input before the upstream has said it, which is at the end.
    qint64 estimatedInputTokens = 0;
};

/// The parts that a whole message and a stream of the Messages API have in common. Pure.

/// `msg_…` made of the id of a chat completion.
QByteArray messageId(QByteArrayView chatId, const MessagesContext &context);

/// `stop_reason` for the `finish_reason` of the chat API. One that says nothing of the calls which
/// it ends with (as after a forced one) means them all the same.
QByteArray stopReason(QByteArrayView finishReason, bool hasToolCalls);

/// Counted as Anthropic counts: input that was read from the cache is not part of `input_tokens`.
QByteArray messagesUsage(const ChatUsage &usage);

} // namespace quaygate::dialects
