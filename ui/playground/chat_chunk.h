#pragma once

#include "ui/playground/conversation.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace quaygate {

/// A piece of a call that the model wants made. Name and arguments come in pieces, told apart by
/// `index`.
struct ToolCallPiece {
    int index = 0;
    QString name;
    QString arguments;

    bool operator==(const ToolCallPiece &) const = default;
};

/// What one event of a chat stream says (section 5.2 of the Azure reference), or a whole answer
/// that came without streaming. Everything may be missing: Azure sends events without choices,
/// without a delta, without an id, and after the end.
struct ChatChunk {
    bool isJson = true;
    bool isError = false; ///< has an `error` that says something; the event is the error's body
    QString text;
    QString refusal;
    QList<ToolCallPiece> toolCalls;
    QString finishReason;
    QString model;
    std::optional<AnswerTokens> usage;
};

ChatChunk parseChatChunk(const QByteArray &json);

} // namespace quaygate
