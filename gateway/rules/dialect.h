#pragma once

namespace quaygate {

/// The APIs whose bodies a rule can read.
enum class RuleDialect {
    Chat,      ///< chat completions
    Responses, ///< OpenAI's
    Messages,  ///< Anthropic's
    Completions,
    Embeddings,
};

} // namespace quaygate
