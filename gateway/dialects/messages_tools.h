#pragma once

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/json_view.h"
#include "gateway/dialects/tool_names.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// Adds `tools`, `tool_choice` and `parallel_tool_calls` of a Messages request to one of the chat
/// API. Refuses as `messagesToChat` does, whose inner part it is. Pure.
Result<void> addTools(ObjectText &chat, const JsonView &request, ToolNames &names);

} // namespace quaygate::dialects
