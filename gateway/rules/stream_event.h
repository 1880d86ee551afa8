#pragma once

#include "gateway/json/json_text.h"
#include "gateway/rules/dialect.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

namespace quaygate {

/// Which of the texts that a stream sends in pieces.
struct TextKey {
    qint64 outer = 0; ///< the choice, the block or the item
    qint64 inner = 0; ///< the call or the part in it
    QByteArray name;  ///< which of its texts: "content", "arguments", …

    bool operator==(const TextKey &) const = default;
};

/// A piece of a text in an event.
struct TextPiece {
    TextKey key;
    json::Span literal;  ///< the JSON string that holds it
    bool isJson = false; ///< the text is JSON: the arguments of a tool
};

/// What an event of a stream says to a guard. Spans are into its data.
struct StreamEvent {
    QByteArray type; ///< of the responses and messages APIs
    QVarLengthArray<TextPiece, 2> pieces;
    QVarLengthArray<json::Span, 1> logprobs; ///< that tell the text once more; none of them empty
    QVarLengthArray<qint64, 2> finished;     ///< choices that have ended
    qint64 index = 0;                        ///< of the block or the item
    qint64 part = 0;                         ///< in the item
    json::Span sequenceNumber;               ///< of the responses API
    json::Span padding;                      ///< a text that means nothing
    bool isError = false;
};

/// False if the data is no JSON. Pure.
bool readStreamEvent(QByteArrayView data, RuleDialect dialect, StreamEvent &event);

} // namespace quaygate
