#pragma once

#include "gateway/simulator/chat_request.h"

#include <QJsonArray>

namespace quaygate::simulator {

/// The messages of Anthropic's API as those of a chat; results of tools become messages of their
/// own.
QList<ChatMessage> chatMessagesOf(const QJsonValue &system, const QJsonArray &messages);

/// What the service says against the messages: their roles, their content, and that uses of tools
/// and results belong together.
std::optional<SimulatedAnswer> checkMessages(const QJsonValue &messages);

} // namespace quaygate::simulator
