#pragma once

#include "gateway/dialects/chat_model.h"
#include "gateway/dialects/response_shape.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// A request of the Responses API as one of the chat completions API, and what the way back of the
/// answer needs.
struct ResponsesAsChat {
    QByteArray body;
    bool stream = false;
    ResponseContext context;
};

/// Nothing is stored, so what needs a stored response is refused, as are built-in tools and work in
/// the background: BadRequest with the parameter as detail, or BodyNotJson. Hints that change
/// nothing of the answer (store, include, metadata, the cache key) are left out. Pure; any thread.
Result<ResponsesAsChat> responsesToChat(QByteArrayView body, const ChatModel &model);

} // namespace quaygate::dialects
