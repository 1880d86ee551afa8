#include "gateway/traffic/token_counts.h"

#include "gateway/json/scanner.h"

namespace quaygate::traffic {

namespace {

/// More than any answer costs, and far from where sums overflow.
constexpr qint64 mostTokens = qint64(1) << 40;
constexpr int deepest = 16;

std::optional<qint64> countOf(QByteArrayView number) {
    bool whole = false;
    const qint64 count = number.toLongLong(&whole);
    return whole && count >= 0 && count <= mostTokens ? std::optional(count) : std::nullopt;
}

} // namespace

/// Where the number called `name` goes, which stands in the usage itself or in its member `parent`;
/// null: it is none of ours.
std::optional<qint64> *TokenCounts::placeOf(QByteArrayView parent, QByteArrayView name) {
    struct Entry {
        QByteArrayView parent;
        QByteArrayView name;
        std::optional<qint64> TokenCounts::*place;
    };
    static constexpr Entry entries[] = {
        {"", "prompt_tokens", &TokenCounts::m_input},
        {"", "input_tokens", &TokenCounts::m_input},
        {"", "completion_tokens", &TokenCounts::m_output},
        {"", "output_tokens", &TokenCounts::m_output},
        {"", "total_tokens", &TokenCounts::m_total},
        {"", "cache_read_input_tokens", &TokenCounts::m_besideCached},
        {"", "cache_creation_input_tokens", &TokenCounts::m_besideWritten},
        {"prompt_tokens_details", "cached_tokens", &TokenCounts::m_cached},
        {"prompt_tokens_details", "cache_write_tokens", &TokenCounts::m_cacheWritten},
        {"input_tokens_details", "cached_tokens", &TokenCounts::m_cached},
        {"input_tokens_details", "cache_write_tokens", &TokenCounts::m_cacheWritten},
        {"completion_tokens_details", "reasoning_tokens", &TokenCounts::m_reasoning},
        {"completion_tokens_details", "thinking_tokens", &TokenCounts::m_reasoning},
        {"output_tokens_details", "reasoning_tokens", &TokenCounts::m_reasoning},
        {"output_tokens_details", "thinking_tokens", &TokenCounts::m_reasoning},
    };
    for (const Entry &entry : entries) {
        if (entry.name == name && entry.parent == parent)
            return &(this->*entry.place);
    }
    return nullptr;
}

void TokenCounts::take(QByteArrayView usage, bool begun) {
    using Token = json::Scanner::Token;
    TokenCounts taken = *this; // of a text that turns out broken, nothing
    json::Scanner scanner(usage, deepest);
    const auto text = [&](qsizetype less) {
        const json::Span span = scanner.span();
        return usage.sliced(span.begin + less, span.end - span.begin - 2 * less);
    };
    QByteArrayView parent;
    QByteArrayView key;
    for (Token token = scanner.next(); token != Token::End; token = scanner.next()) {
        if (token == Token::Error)
            return;
        if (token == Token::Key)
            key = text(1);
        else if (token == Token::BeginObject && scanner.depth() == 2)
            parent = key;
        else if (token == Token::EndObject && scanner.depth() == 1)
            parent = {};
        else if (token == Token::Number && scanner.depth() <= 2) {
            std::optional<qint64> *const place = taken.placeOf(parent, key);
            if (const auto count = place ? countOf(text(0)) : std::nullopt)
                *place = count;
        }
    }
    if (begun) {
        taken.m_output = m_output;
        taken.m_reasoning = m_reasoning;
        taken.m_total = m_total;
    }
    *this = taken;
}

TokenUsage TokenCounts::usage() const {
    TokenUsage usage;
    usage.input = m_input;
    usage.output = m_output;
    usage.cached = m_cached;
    usage.cacheWritten = m_cacheWritten;
    usage.reasoning = m_reasoning;
    // Embeddings name the total instead of an output.
    if (!usage.output && m_input && m_total && *m_total >= *m_input)
        usage.output = *m_total - *m_input;
    if (m_besideCached)
        usage.cached = m_besideCached;
    if (m_besideWritten)
        usage.cacheWritten = m_besideWritten;
    if (usage.input)
        *usage.input += m_besideCached.value_or(0) + m_besideWritten.value_or(0);
    return usage;
}

} // namespace quaygate::traffic
