#pragma once

#include "gateway/simulator/chat_completion.h"

#include <QJsonObject>

namespace quaygate::simulator {

/// The `usage` of an answer.
QJsonObject usageJson(const TokenUsage &usage);

/// One tool call, whole.
QJsonObject toolCallJson(const ToolCall &call);

/// The body of an answer that is not streamed. `annotated`: with what the content filter found in
/// the prompt, which the oldest versions do not tell.
QJsonObject completionJson(const ChatCompletion &completion, bool annotated);

} // namespace quaygate::simulator
