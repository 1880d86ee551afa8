#pragma once

#include "gateway/simulator/chat_request.h"
#include "gateway/simulator/operation.h"

#include <variant>

namespace quaygate::simulator {

/// The body of a message of Anthropic's, read and found good.
struct MessagesRequest {
    ChatRequest chat;
    bool thinking = false;
};

/// The request, or what the service says against it. `counting`: of a request that only wants its
/// tokens counted, which has no `max_tokens`.
std::variant<MessagesRequest, SimulatedAnswer> readMessagesRequest(const Call &call, bool counting);

} // namespace quaygate::simulator
