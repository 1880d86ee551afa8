#include "gateway/dialects/chat_usage.h"

namespace quaygate::dialects {

ChatUsage readChatUsage(const JsonView &usage) {
    ChatUsage read;
    read.known = usage.isObject();
    read.prompt = usage["prompt_tokens"].integer().value_or(0);
    read.cached = usage["prompt_tokens_details"]["cached_tokens"].integer().value_or(0);
    read.completion = usage["completion_tokens"].integer().value_or(0);
    read.reasoning = usage["completion_tokens_details"]["reasoning_tokens"].integer().value_or(0);
    return read;
}

} // namespace quaygate::dialects
