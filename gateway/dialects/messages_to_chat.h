#pragma once

#include "gateway/dialects/chat_model.h"
#include "gateway/dialects/messages_shape.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// A request of Anthropic's Messages API as one of the chat completions API, and what the way back
/// of the answer needs. The model has the name that the client gave it.
struct MessagesAsChat {
    QByteArray body;
    bool stream = false;
    MessagesContext context;
};

/// What only a Claude model knows (top_k, cache_control, thinking blocks of earlier turns) is left
/// out; what would change the meaning if it were left out (server tools, files, containers) is
/// refused: BadRequest with the parameter as detail, or BodyNotJson. Pure; any thread.
Result<MessagesAsChat> messagesToChat(QByteArrayView body, const ChatModel &model);

} // namespace quaygate::dialects
