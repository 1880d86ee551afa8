#pragma once

#include "ui/playground/chat_chunk.h"

namespace quaygate {

/// Puts an answer together from the events of its stream. Pure.
class AnswerReader {
public:
    /// Longer answers are not kept.
    static constexpr qsizetype maxCharacters = 1'048'576;

    /// The text that this event adds; often none.
    QString take(const QByteArray &eventData);

    /// `[DONE]` was read.
    bool isDone() const { return m_done; }
    /// The body of the error that came in place of an event; empty if none did.
    const QByteArray &errorBody() const { return m_errorBody; }
    bool sawNonsense() const { return m_nonsense; }
    bool overflowed() const { return m_text.size() >= maxCharacters; }
    bool refused() const { return m_refused; }

    const QString &text() const { return m_text; }
    const QString &finishReason() const { return m_finishReason; }
    const QString &model() const { return m_model; }
    const std::optional<AnswerTokens> &usage() const { return m_usage; }

private:
    QString textOf(const ToolCallPiece &piece);
    QString endToolCall();

    QString m_text;
    QString m_finishReason;
    QString m_model;
    std::optional<AnswerTokens> m_usage;
    QByteArray m_errorBody;
    int m_openToolCall = -1;
    bool m_done = false;
    bool m_nonsense = false;
    bool m_refused = false;
};

} // namespace quaygate
