#include "gateway/dialects/messages_shape.h"

#include "gateway/dialects/json_build.h"

#include <algorithm>

namespace quaygate::dialects {

QByteArray messageId(QByteArrayView chatId, const MessagesContext &context) {
    if (chatId.startsWith("chatcmpl-"))
        chatId = chatId.sliced(9);
    return chatId.isEmpty() ? context.fallbackId : "msg_" + chatId.toByteArray();
}

QByteArray stopReason(QByteArrayView finishReason, bool hasToolCalls) {
    if (finishReason == "content_filter")
        return "refusal";
    if (finishReason == "length")
        return "max_tokens";
    return hasToolCalls ? "tool_use" : "end_turn";
}

QByteArray messagesUsage(const ChatUsage &usage) {
    return ObjectText()
        .number("input_tokens", std::max<qint64>(0, usage.prompt - usage.cached))
        .number("cache_creation_input_tokens", 0)
        .number("cache_read_input_tokens", usage.cached)
        .number("output_tokens", usage.completion)
        .text();
}

} // namespace quaygate::dialects
