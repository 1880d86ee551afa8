#include "gateway/pipeline/rule_dialect.h"

namespace quaygate {

std::optional<RuleDialect> ruleDialect(Operation operation) {
    switch (operation) {
    case Operation::ChatCompletions:
        return RuleDialect::Chat;
    case Operation::Responses:
        return RuleDialect::Responses;
    case Operation::Completions:
        return RuleDialect::Completions;
    case Operation::Embeddings:
        return RuleDialect::Embeddings;
    case Operation::ImageGenerations:
    case Operation::ImageEdits:
    case Operation::Transcriptions:
    case Operation::Translations:
    case Operation::Speech:
        break;
    }
    return std::nullopt;
}

std::optional<RuleDialect> ruleDialect(const Routed &routed) {
    if (isAnthropics(routed.door))
        return RuleDialect::Messages;
    return routed.operation ? ruleDialect(*routed.operation) : std::nullopt;
}

} // namespace quaygate
