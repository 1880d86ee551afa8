#pragma once

#include "gateway/dialects/chat_content.h"
#include "gateway/dialects/json_view.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// Adds a block that a user or a tool may send (text, image, document, search result) to the
/// content of a chat message. Refuses as `messagesToChat` does. Inner part of it; pure.
Result<void> addInputBlock(ChatContent &content, const JsonView &block, const QByteArray &where);

/// The result of a tool in the chat API, which allows text only: images come back by themselves, to
/// be sent in the user message that follows.
struct ToolResult {
    QByteArray textLiteral;
    QByteArrayList imageUrls; ///< JSON strings
};
Result<ToolResult> readToolResult(const JsonView &block, const QByteArray &where);

/// That there is no way to say this block in the chat API.
Error blockRefused(const JsonView &block, const QByteArray &where);

} // namespace quaygate::dialects
