#include "ui/playground/chat_chunk.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

bool saysSomething(const QJsonValue &error) {
    switch (error.type()) {
    case QJsonValue::Object:
        return !error.toObject().isEmpty();
    case QJsonValue::String:
        return !error.toString().isEmpty();
    case QJsonValue::Bool:
        return error.toBool();
    default:
        return false;
    }
}

std::optional<AnswerTokens> readUsage(const QJsonValue &value) {
    const QJsonObject usage = value.toObject();
    const QJsonValue in = usage.value("prompt_tokens"_L1);
    const QJsonValue out = usage.value("completion_tokens"_L1);
    if (!in.isDouble() || !out.isDouble())
        return std::nullopt;
    return AnswerTokens{in.toInteger(), out.toInteger()};
}

/// `content` is a string, or a list of parts as in newer answers.
QString readContent(const QJsonValue &content) {
    if (content.isString())
        return content.toString();
    QString text;
    for (const QJsonValue part : content.toArray())
        text += part.toObject().value("text"_L1).toString();
    return text;
}

QList<ToolCallPiece> readToolCalls(const QJsonValue &value) {
    QList<ToolCallPiece> pieces;
    const QJsonArray calls = value.toArray();
    for (qsizetype i = 0; i < calls.size(); ++i) {
        const QJsonObject call = calls.at(i).toObject();
        const QJsonObject function = call.value("function"_L1).toObject();
        pieces.append({call.value("index"_L1).toInt(static_cast<int>(i)),
                       function.value("name"_L1).toString(),
                       function.value("arguments"_L1).toString()});
    }
    return pieces;
}

void readChoice(ChatChunk &chunk, const QJsonObject &choice) {
    const QJsonValue delta = choice.value("delta"_L1);
    const QJsonObject said = (delta.isObject() ? delta : choice.value("message"_L1)).toObject();
    chunk.text += readContent(said.value("content"_L1));
    chunk.refusal += said.value("refusal"_L1).toString();
    chunk.toolCalls += readToolCalls(said.value("tool_calls"_L1));
    const QString reason = choice.value("finish_reason"_L1).toString();
    if (!reason.isEmpty())
        chunk.finishReason = reason;
}

} // namespace

ChatChunk parseChatChunk(const QByteArray &json) {
    ChatChunk chunk;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        chunk.isJson = false;
        return chunk;
    }
    const QJsonObject root = document.object();
    chunk.isError = saysSomething(root.value("error"_L1));
    chunk.model = root.value("model"_L1).toString();
    chunk.usage = readUsage(root.value("usage"_L1));
    for (const QJsonValue choice : root.value("choices"_L1).toArray()) {
        if (choice.toObject().value("index"_L1).toInt() == 0)
            readChoice(chunk, choice.toObject());
    }
    return chunk;
}

} // namespace quaygate
