#include "ui/playground/answer_reader.h"

using namespace Qt::StringLiterals;

namespace quaygate {

/// A call is shown as what it is: a name and its arguments. The playground makes none.
QString AnswerReader::textOf(const ToolCallPiece &piece) {
    QString text;
    if (piece.index != m_openToolCall) {
        text = endToolCall();
        if (!m_text.isEmpty() || !text.isEmpty())
            text += u"\n\n"_s;
        text += u"The model asks to call `%1` with\n\n```json\n"_s.arg(piece.name);
        m_openToolCall = piece.index;
    }
    return text + piece.arguments;
}

QString AnswerReader::endToolCall() {
    if (m_openToolCall < 0)
        return {};
    m_openToolCall = -1;
    return u"\n```\n"_s;
}

QString AnswerReader::take(const QByteArray &eventData) {
    if (m_done)
        return {};
    QString added;
    if (eventData.trimmed() == "[DONE]"_ba) {
        m_done = true;
        added = endToolCall();
        m_text += added;
        return added;
    }
    const ChatChunk chunk = parseChatChunk(eventData);
    if (!chunk.isJson) {
        m_nonsense = true;
        return {};
    }
    if (chunk.isError) {
        m_errorBody = eventData;
        return {};
    }
    if (!chunk.model.isEmpty())
        m_model = chunk.model;
    if (chunk.usage)
        m_usage = chunk.usage;
    if (!chunk.refusal.isEmpty())
        m_refused = true;
    if (m_openToolCall >= 0 && !(chunk.text + chunk.refusal).isEmpty())
        added += endToolCall();
    added += chunk.text + chunk.refusal;
    for (const ToolCallPiece &piece : chunk.toolCalls)
        added += textOf(piece);
    if (!chunk.finishReason.isEmpty()) {
        m_finishReason = chunk.finishReason;
        added += endToolCall();
    }
    added.truncate(maxCharacters - m_text.size());
    m_text += added;
    return added;
}

} // namespace quaygate
