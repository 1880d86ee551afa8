#pragma once

#include "gateway/dialects/json_view.h"

namespace quaygate::dialects {

/// The tokens that an answer of the chat API counts. `cached` are part of `prompt`, `reasoning` of
/// `completion`.
struct ChatUsage {
    bool known = false; ///< else the numbers are 0 and say nothing
    qint64 prompt = 0;
    qint64 cached = 0;
    qint64 completion = 0;
    qint64 reasoning = 0;
};

/// Of a `usage` of the chat API.
ChatUsage readChatUsage(const JsonView &usage);

} // namespace quaygate::dialects
