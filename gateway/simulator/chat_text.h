#pragma once

#include "gateway/simulator/chat_request.h"
#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// The answer to a chat: a few sentences of Markdown that show what the simulator received.
QString describeRequest(const ChatRequest &request, const Call &call);

/// The text with as many sentences behind it as it takes to have `tokens` tokens.
QString lengthened(QString text, int tokens);

} // namespace quaygate::simulator
