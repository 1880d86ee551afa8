#pragma once

#include <QtGlobal>

#include <optional>

namespace quaygate::dialects {

/// What a translation must know of the model that is to answer.
struct ChatModel {
    /// o-series and GPT-5: the limit is called `max_completion_tokens`, sampling parameters are
    /// refused, an effort can be asked for.
    bool reasoning = false;
    /// The most tokens it writes, where that is known: a client that asks for more, because its own
    /// models can, gets this instead of a refusal.
    std::optional<qint64> maxOutputTokens = {};
};

} // namespace quaygate::dialects
