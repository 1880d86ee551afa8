#pragma once

#include "gateway/dialects/messages_shape.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// A chat completion as a message of Anthropic's Messages API. What the model thought, where the
/// upstream tells it (`reasoning_content`), becomes a thinking block without a signature. Arguments
/// of a call that are no JSON object (the model was cut off) are kept as `{"INVALID_JSON": "…"}`.
/// UpstreamProtocol if it is no chat completion. Pure; any thread.
Result<QByteArray> chatToMessage(QByteArrayView chat, const MessagesContext &context);

} // namespace quaygate::dialects
