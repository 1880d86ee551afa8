#include "gateway/traffic/token_counts.h"

#include "gateway/json/json_text.h"

namespace quaygate::traffic {

namespace {

/// More than any answer costs, and far from where sums overflow.
constexpr qint64 mostTokens = qint64(1) << 40;

class UsageText {
public:
    explicit UsageText(QByteArrayView text) : m_text(text), m_parsed(json::parse(text, 16)) {}

    /// Sets `count` to the member if it is there.
    void read(std::optional<qint64> &count, QByteArrayView name) const {
        set(count, m_parsed.root.find(name));
    }

    void read(std::optional<qint64> &count, QByteArrayView object, QByteArrayView name) const {
        if (const json::Node *details = m_parsed.root.find(object))
            set(count, details->find(name));
    }

private:
    void set(std::optional<qint64> &count, const json::Node *node) const {
        if (!node || node->type != json::Node::Type::Number)
            return;
        bool whole = false;
        const qint64 number =
            m_text.sliced(node->span.begin, node->span.end - node->span.begin).toLongLong(&whole);
        if (whole && number >= 0 && number <= mostTokens)
            count = number;
    }

    QByteArrayView m_text;
    json::Parsed m_parsed;
};

} // namespace

void TokenCounts::take(QByteArrayView usage, bool begun) {
    const UsageText text(usage);
    for (const char *input : {"prompt", "input"}) {
        const QByteArray name(input);
        text.read(m_input, name + "_tokens");
        text.read(m_cached, name + "_tokens_details", "cached_tokens");
        text.read(m_cacheWritten, name + "_tokens_details", "cache_write_tokens");
    }
    text.read(m_besideCached, "cache_read_input_tokens");
    text.read(m_besideWritten, "cache_creation_input_tokens");
    if (begun)
        return;
    for (const char *output : {"completion", "output"}) {
        const QByteArray name(output);
        text.read(m_output, name + "_tokens");
        text.read(m_reasoning, name + "_tokens_details", "reasoning_tokens");
        text.read(m_reasoning, name + "_tokens_details", "thinking_tokens");
    }
    text.read(m_total, "total_tokens");
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
