#pragma once

#include "gateway/simulator/chat_request.h"
#include "gateway/simulator/operation.h"

#include <QJsonArray>

#include <variant>

namespace quaygate::simulator {

/// The body of a response to be made, read and found good.
struct ResponsesRequest {
    ChatRequest chat;        ///< the whole conversation, that of `previous_response_id` before it
    QJsonArray input;        ///< the items of this request alone
    QJsonArray conversation; ///< all items before the answer
    bool store = true;
    bool background = false;
    bool encryptedReasoning = false; ///< wants it back, to send it again
    bool summary = false;            ///< of the reasoning
};

/// The request, or what the service says against it.
std::variant<ResponsesRequest, SimulatedAnswer> readResponsesRequest(const Call &call,
                                                                     SimulatedResource &resource);

} // namespace quaygate::simulator
