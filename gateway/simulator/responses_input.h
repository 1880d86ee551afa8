#pragma once

#include "gateway/simulator/chat_request.h"
#include "gateway/simulator/simulated_resource.h"

#include <QJsonArray>

#include <variant>

namespace quaygate::simulator {

/// The `input` of a response as a list of items, each with its id: a text becomes a user's message,
/// references to items of stored responses are replaced by these.
std::variant<QJsonArray, SimulatedAnswer> readInputItems(const QJsonValue &input,
                                                         SimulatedResource &resource);

/// Items as the messages of a chat.
QList<ChatMessage> messagesOfItems(const QJsonArray &items);

/// What is wrong with calls of tools and their outputs in a conversation.
std::optional<SimulatedAnswer> checkItems(const QJsonArray &conversation);

} // namespace quaygate::simulator
