#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QByteArrayView>

namespace quaygate::traffic {

/// Puts together what the `usage` objects of one answer say, in the words of chat completions,
/// responses, embeddings, images and Anthropic's messages. Inner part of traffic/; a value.
class TokenCounts {
public:
    /// Takes the JSON text of a `usage`; what it names replaces what an earlier one said. Of a text
    /// that is not JSON nothing is taken. `begun`: it stands at the begin of an answer, so that
    /// what it says of the output is not heeded.
    void take(QByteArrayView usage, bool begun);

    TokenUsage usage() const;

private:
    std::optional<qint64> *placeOf(QByteArrayView parent, QByteArrayView name);

    std::optional<qint64> m_input;
    std::optional<qint64> m_output;
    std::optional<qint64> m_total;
    std::optional<qint64> m_cached;       ///< part of the input
    std::optional<qint64> m_cacheWritten; ///< part of the input
    std::optional<qint64> m_reasoning;
    // Anthropic counts these beside the input.
    std::optional<qint64> m_besideCached;
    std::optional<qint64> m_besideWritten;
};

} // namespace quaygate::traffic
