#include "ui/playground/conversation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

qsizetype sizeOf(const Turn &turn) {
    return turn.question.size() + turn.answer.text.size();
}

QLatin1StringView nameOf(ChatMessage::Role role) {
    switch (role) {
    case ChatMessage::Role::System:
        return "system"_L1;
    case ChatMessage::Role::User:
        return "user"_L1;
    case ChatMessage::Role::Assistant:
        return "assistant"_L1;
    }
    Q_UNREACHABLE();
}

} // namespace

int Conversation::trim() {
    qsizetype characters = 0;
    for (const Turn &turn : turns)
        characters += sizeOf(turn);
    int dropped = 0;
    while (turns.size() > 1 && (turns.size() > maxTurns || characters > maxCharacters)) {
        characters -= sizeOf(turns.first());
        turns.removeFirst();
        ++dropped;
    }
    return dropped;
}

QList<ChatMessage> Conversation::messages() const {
    QList<ChatMessage> messages;
    if (!systemPrompt.trimmed().isEmpty())
        messages.append({ChatMessage::Role::System, systemPrompt});
    for (qsizetype i = 0; i < turns.size(); ++i) {
        const bool isLast = i + 1 == turns.size();
        if (!isLast && turns[i].answer.text.isEmpty())
            continue;
        messages.append({ChatMessage::Role::User, turns[i].question});
        if (!isLast)
            messages.append({ChatMessage::Role::Assistant, turns[i].answer.text});
    }
    return messages;
}

QByteArray chatRequestBody(const QList<ChatMessage> &messages, const ChatParameters &parameters,
                           bool askForUsage) {
    QJsonArray list;
    for (const ChatMessage &message : messages)
        list.append(QJsonObject{{u"role"_s, nameOf(message.role)}, {u"content"_s, message.text}});
    QJsonObject body{{u"messages"_s, list}, {u"stream"_s, true}};
    if (askForUsage)
        body.insert(u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}});
    if (parameters.temperature)
        body.insert(u"temperature"_s, *parameters.temperature);
    if (parameters.maxTokens)
        body.insert(parameters.olderTokenName ? u"max_tokens"_s : u"max_completion_tokens"_s,
                    *parameters.maxTokens);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace quaygate
