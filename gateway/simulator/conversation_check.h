#pragma once

#include "gateway/simulator/chat_request.h"

namespace quaygate::simulator {

/// What the service says against a conversation: none at all, unknown roles, tool results nobody
/// asked for, tool calls nobody answered.
std::optional<SimulatedAnswer> checkConversation(const QJsonValue &messages,
                                                 const QList<ChatMessage> &read);

} // namespace quaygate::simulator
