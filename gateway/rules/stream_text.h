#pragma once

#include "gateway/rules/json_text_filter.h"
#include "gateway/rules/stream_event.h"
#include "gateway/rules/text_filter.h"

#include <optional>

namespace quaygate {

/// One of the texts of a stream on its way through the guard: takes the JSON strings that its
/// pieces are, gives the insides of those that go on. Belongs to one stream.
class StreamText {
public:
    StreamText(const TextPiece &first, const GuardSteps &steps, GuardTally &tally);

    const TextKey &key() const { return m_key; }

    /// `inside` is that of a JSON string. True if exactly this goes on; else `out` is the inside of
    /// what does.
    bool passes(QByteArrayView inside, QByteArray &out);
    /// Appends the inside of the rest, as no more comes.
    void finish(QByteArray &out);
    bool holds() const { return !m_cut.isEmpty() || (m_json ? m_json->holds() : m_plain.holds()); }

    /// The event that a piece came in last, to make one of the rest.
    QByteArray lastEvent;

private:
    bool passesPlain(QByteArrayView piece, QByteArray &out);

    TextKey m_key;
    TextFilter m_plain;
    std::optional<JsonTextFilter> m_json;
    QByteArray m_cut; ///< the first half of a pair of surrogates
};

} // namespace quaygate
