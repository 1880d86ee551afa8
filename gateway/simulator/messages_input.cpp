#include "gateway/simulator/messages_input.h"

#include "gateway/simulator/azure_errors.h"

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Refusal = std::optional<SimulatedAnswer>;

SimulatedAnswer invalid(const QString &message) {
    return modelError(400, message, {}, {});
}

/// The text of a content: a string, or blocks of which some are texts.
QString textOf(const QJsonValue &content) {
    QStringList texts;
    for (const QJsonValue block : content.toArray()) {
        if (block[u"type"] == u"text"_s)
            texts.append(block[u"text"].toString());
    }
    return content.isString() ? content.toString() : texts.join(u'\n');
}

int imagesOf(const QJsonValue &content) {
    int images = 0;
    for (const QJsonValue block : content.toArray())
        images += block[u"type"] == u"image"_s ? 1 : 0;
    return images;
}

QStringList idsOf(const QJsonValue &content, const QString &type, const QString &member) {
    QStringList ids;
    for (const QJsonValue block : content.toArray()) {
        if (block[u"type"] == type)
            ids.append(block[member].toString());
    }
    return ids;
}

ChatMessage plainMessage(const QJsonValue &message) {
    ChatMessage plain;
    plain.role = message[u"role"].toString();
    plain.text = textOf(message[u"content"]);
    plain.images = imagesOf(message[u"content"]);
    plain.toolCallIds = idsOf(message[u"content"], u"tool_use"_s, u"id"_s);
    plain.toolNames = idsOf(message[u"content"], u"tool_use"_s, u"name"_s);
    return plain;
}

QList<ChatMessage> resultsOf(const QJsonValue &content) {
    QList<ChatMessage> results;
    for (const QJsonValue block : content.toArray()) {
        if (block[u"type"] != u"tool_result"_s)
            continue;
        ChatMessage result;
        result.role = u"tool"_s;
        result.toolCallId = block[u"tool_use_id"].toString();
        result.text = textOf(block[u"content"]);
        results.append(result);
    }
    return results;
}

Refusal checkMessage(const QJsonValue &message, qsizetype index) {
    const QString at = u"messages.%1"_s.arg(index);
    const QString role = message[u"role"].toString();
    if (role != u"user" && role != u"assistant")
        return invalid(at + u".role: Input should be 'user' or 'assistant'"_s);
    const QJsonValue content = message[u"content"];
    if (content.isUndefined())
        return invalid(at + u".content: Field required"_s);
    if (!content.isString() && !content.isArray())
        return invalid(at + u".content: Input should be a valid string or a valid list"_s);
    if (content.toString().isEmpty() && content.toArray().isEmpty())
        return invalid(at + u": messages must have non-empty content"_s);
    const QJsonArray blocks = content.toArray();
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        if (blocks[i][u"type"].toString().isEmpty())
            return invalid(at + u".content.%1.type: Field required"_s.arg(i));
    }
    return std::nullopt;
}

/// Each use of a tool is answered in the next message, and nothing else is.
Refusal checkTools(const QJsonArray &messages) {
    QStringList open;
    for (qsizetype i = 0; i <= messages.size(); ++i) {
        const QJsonValue content = i < messages.size() ? messages[i][u"content"] : QJsonValue();
        for (const QString &id : idsOf(content, u"tool_result"_s, u"tool_use_id"_s)) {
            if (open.removeAll(id) == 0)
                return invalid(u"messages.%1.content: unexpected `tool_use_id` found in "
                               "`tool_result` blocks: %2. Each `tool_result` block must have a "
                               "corresponding `tool_use` block in the previous message."_s.arg(i)
                                   .arg(id));
        }
        if (!open.isEmpty())
            return invalid(u"messages.%1: `tool_use` ids were found without `tool_result` blocks "
                           "immediately after: %2. Each `tool_use` block must have a corresponding "
                           "`tool_result` block in the next message."_s.arg(i - 1)
                               .arg(open.join(u", "_s)));
        open = idsOf(content, u"tool_use"_s, u"id"_s);
    }
    return std::nullopt;
}

} // namespace

QList<ChatMessage> chatMessagesOf(const QJsonValue &system, const QJsonArray &messages) {
    QList<ChatMessage> list;
    if (const QString text = textOf(system); !text.isEmpty()) {
        ChatMessage message;
        message.role = u"system"_s;
        message.text = text;
        list.append(message);
    }
    for (const QJsonValue message : messages) {
        const QList<ChatMessage> results = resultsOf(message[u"content"]);
        list.append(results);
        const ChatMessage plain = plainMessage(message);
        const bool onlyResults = !results.isEmpty() && plain.text.isEmpty() && plain.images == 0;
        if (!onlyResults)
            list.append(plain);
    }
    return list;
}

Refusal checkMessages(const QJsonValue &messages) {
    if (messages.isUndefined())
        return missingParameter(u"messages"_s);
    if (!messages.isArray())
        return invalid(u"messages: Input should be a valid list"_s);
    const QJsonArray list = messages.toArray();
    if (list.isEmpty())
        return invalid(u"messages: at least one message is required"_s);
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (Refusal refusal = checkMessage(list[i], i))
            return refusal;
    }
    if (list.first()[u"role"] != u"user"_s)
        return invalid(u"messages: first message must use the \"user\" role"_s);
    return checkTools(list);
}

} // namespace quaygate::simulator
