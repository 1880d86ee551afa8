#include "gateway/simulator/responses_input.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/parameter_check.h"

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Refusal = std::optional<SimulatedAnswer>;

constexpr qsizetype mostItems = 2048;

QString typeOfItem(const QJsonValue &item) {
    return item[u"type"].toString(u"message"_s);
}

bool isCall(const QString &type) {
    return type == u"function_call" || type == u"custom_tool_call";
}

bool isCallOutput(const QString &type) {
    return type == u"function_call_output" || type == u"custom_tool_call_output";
}

Refusal checkMessage(const QJsonValue &item, const QString &at) {
    static const QStringList roles{u"assistant"_s, u"system"_s, u"developer"_s, u"user"_s};
    const QJsonValue role = item[u"role"];
    if (role.isUndefined())
        return missingParameter(at + u".role"_s);
    if (!roles.contains(role.toString()))
        return invalidValue(at, role.toString(), roles);
    const QJsonValue content = item[u"content"];
    if (content.isUndefined())
        return missingParameter(at + u".content"_s);
    if (!content.isString() && !content.isArray())
        return modelError(400,
                          u"Invalid type for '%1.content': expected one of a string or array of "
                          "objects, but got %2 instead."_s.arg(at, typeOf(content)),
                          at + u".content"_s, u"invalid_type"_s);
    return std::nullopt;
}

Refusal checkItem(const QJsonValue &item, const QString &at) {
    if (!item.isObject())
        return invalidType(at, u"an object"_s, typeOf(item));
    const QString type = typeOfItem(item);
    if (type == u"message")
        return checkMessage(item, at);
    const bool linked = isCall(type) || isCallOutput(type);
    if (linked && item[u"call_id"].toString().isEmpty())
        return missingParameter(at + u".call_id"_s);
    if (isCall(type) && item[u"name"].toString().isEmpty())
        return missingParameter(at + u".name"_s);
    if (isCallOutput(type) && item[u"output"].isUndefined())
        return missingParameter(at + u".output"_s);
    return std::nullopt;
}

QString idPrefix(const QString &type) {
    if (isCall(type))
        return u"fc_"_s;
    if (isCallOutput(type))
        return u"fco_"_s;
    return type == u"reasoning" ? u"rs_"_s : u"msg_"_s;
}

/// As the service keeps it: with an id, and a text as a list of parts.
QJsonObject kept(QJsonObject item, SimulatedResource &resource) {
    const QString type = typeOfItem(item);
    item[u"type"] = type;
    if (item[u"id"].toString().isEmpty())
        item[u"id"] = idPrefix(type) + resource.letters(48);
    if (type != u"message")
        return item;
    item[u"status"] = u"completed"_s;
    if (item[u"content"].isString()) {
        const bool assistant = item[u"role"] == u"assistant"_s;
        QJsonObject part{{u"type"_s, assistant ? u"output_text"_s : u"input_text"_s},
                         {u"text"_s, item[u"content"]}};
        if (assistant)
            part[u"annotations"] = QJsonArray();
        item[u"content"] = QJsonArray{part};
    }
    return item;
}

SimulatedAnswer itemNotFound(const QString &id) {
    return modelError(404,
                      u"Item with id '%1' not found. Items are not persisted when `store` is set "
                      "to false. Try again with `store` set to true, or remove this item from "
                      "your input."_s.arg(id),
                      u"input"_s, {});
}

/// The text of a content or an output: a string, or parts of which some are texts.
QString textOf(const QJsonValue &value, int *images = nullptr) {
    if (value.isString())
        return value.toString();
    QStringList texts;
    for (const QJsonValue part : value.toArray()) {
        if (part[u"type"] == u"input_image"_s && images)
            ++*images;
        else if (part[u"text"].isString())
            texts.append(part[u"text"].toString());
    }
    return texts.join(u'\n');
}

ChatMessage messageOfCall(const QJsonValue &item) {
    ChatMessage message;
    message.role = u"assistant"_s;
    message.toolCallIds = {item[u"call_id"].toString()};
    message.toolNames = {item[u"name"].toString()};
    return message;
}

} // namespace

std::variant<QJsonArray, SimulatedAnswer> readInputItems(const QJsonValue &input,
                                                         SimulatedResource &resource) {
    if (input.isUndefined() || input.isNull())
        return missingParameter(u"input"_s);
    if (input.isString())
        return QJsonArray{kept({{u"role"_s, u"user"_s}, {u"content"_s, input}}, resource)};
    if (!input.isArray())
        return modelError(400,
                          u"Invalid type for 'input': expected one of a string or array of "
                          "objects, but got %1 instead."_s.arg(typeOf(input)),
                          u"input"_s, u"invalid_type"_s);
    const QJsonArray given = input.toArray();
    if (given.size() > mostItems)
        return modelError(400,
                          u"Invalid 'input': array too long. Expected an array with maximum length "
                          "%1, but got an array with length %2 instead."_s.arg(mostItems)
                              .arg(given.size()),
                          u"input"_s, u"array_above_max_length"_s);
    QJsonArray items;
    for (qsizetype i = 0; i < given.size(); ++i) {
        if (Refusal refusal = checkItem(given[i], u"input[%1]"_s.arg(i)))
            return *refusal;
        if (given[i][u"type"] == u"item_reference"_s) {
            const QString id = given[i][u"id"].toString();
            const QJsonObject found = resource.responses().item(id);
            if (found.isEmpty())
                return itemNotFound(id);
            items.append(found);
        } else {
            items.append(kept(given[i].toObject(), resource));
        }
    }
    return items;
}

QList<ChatMessage> messagesOfItems(const QJsonArray &items) {
    QList<ChatMessage> messages;
    for (const QJsonValue item : items) {
        const QString type = typeOfItem(item);
        ChatMessage message;
        if (type == u"message") {
            message.role = item[u"role"].toString();
            message.text = textOf(item[u"content"], &message.images);
        } else if (isCallOutput(type)) {
            message.role = u"tool"_s;
            message.toolCallId = item[u"call_id"].toString();
            message.text = textOf(item[u"output"]);
        } else if (isCall(type) && !messages.isEmpty() && !messages.last().toolNames.isEmpty()) {
            // Calls made at once belong to one message.
            messages.last().toolCallIds.append(item[u"call_id"].toString());
            messages.last().toolNames.append(item[u"name"].toString());
            continue;
        } else if (isCall(type)) {
            message = messageOfCall(item);
        } else {
            continue;
        }
        messages.append(message);
    }
    return messages;
}

std::optional<SimulatedAnswer> checkItems(const QJsonArray &conversation) {
    QStringList open;
    for (const QJsonValue item : conversation) {
        const QString type = typeOfItem(item);
        const QString id = item[u"call_id"].toString();
        if (isCall(type))
            open.append(id);
        else if (isCallOutput(type) && open.removeAll(id) == 0)
            return modelError(
                400, u"No tool call found for function call output with call_id %1."_s.arg(id),
                u"input"_s, {});
    }
    if (open.isEmpty())
        return std::nullopt;
    return modelError(400, u"No tool output found for function call %1."_s.arg(open.first()),
                      u"input"_s, {});
}

} // namespace quaygate::simulator
