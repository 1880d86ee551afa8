#pragma once

#include "gateway/dialects/messages_shape.h"

namespace quaygate::dialects {

/// The request that the goldens of messages answer.
inline MessagesContext sampleMessagesContext() {
    MessagesContext context;
    context.model = "claude-sonnet-4-5";
    context.toolNames.shorten(
        "mcp__a_plugin_with_a_long_name__a_server_with_a_long_name__and_a_tool");
    context.estimatedInputTokens = 77;
    return context;
}

} // namespace quaygate::dialects
