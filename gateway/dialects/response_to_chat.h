#pragma once

#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// A response of the Responses API as a chat completion; the summary of what the model thought
/// becomes `reasoning_content`. UpstreamProtocol if it is none, or if it failed: then the message
/// is what the upstream said. Pure; any thread.
Result<QByteArray> responseToChat(QByteArrayView response);

} // namespace quaygate::dialects
