#pragma once

#include "gateway/simulator/chat_completion.h"

namespace quaygate::simulator {

/// Tools are called when there are some, the choice allows it, and it is the user who spoke last.
bool wantsTools(const ChatRequest &request);

/// The named tool; else those whose names have a word in common with what the user said, at once if
/// that is allowed; else the first. The arguments satisfy the tool's schema.
QList<ToolCall> callTools(const ChatRequest &request, SimulatedResource &resource);

} // namespace quaygate::simulator
