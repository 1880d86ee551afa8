#include "gateway/simulator/conversation_check.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/parameter_check.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int mostMessages = 2048;

using Refusal = std::optional<SimulatedAnswer>;

Refusal checkList(const QJsonValue &messages) {
    if (messages.isUndefined() || messages.isNull())
        return missingParameter(u"messages"_s);
    if (!messages.isArray())
        return invalidType(u"messages"_s, u"an array of objects"_s, typeOf(messages));
    const qsizetype count = messages.toArray().size();
    if (count == 0)
        return modelError(
            400,
            u"Invalid 'messages': empty array. Expected an array with minimum length 1, "
            "but got an empty array instead."_s,
            u"messages"_s, u"empty_array"_s);
    if (count > mostMessages)
        return modelError(
            400,
            u"Invalid 'messages': array too long. Expected an array with maximum length "
            "%1, but got an array with length %2 instead."_s.arg(mostMessages)
                .arg(count),
            u"messages"_s, u"array_above_max_length"_s);
    return std::nullopt;
}

Refusal checkMessage(const QJsonValue &message, qsizetype index) {
    const QString at = u"messages[%1]"_s.arg(index);
    if (!message.isObject())
        return invalidType(at, u"an object"_s, typeOf(message));
    const QJsonValue role = message[u"role"];
    if (role.isUndefined())
        return missingParameter(at + u".role"_s);
    static const QStringList roles{u"system"_s,   u"assistant"_s, u"user"_s,
                                   u"function"_s, u"tool"_s,      u"developer"_s};
    if (!roles.contains(role.toString()))
        return modelError(
            400,
            u"Invalid value: '%1'. Supported values are: 'system', 'assistant', 'user', "
            "'function', 'tool', and 'developer'."_s.arg(role.toString()),
            at + u".role"_s, u"invalid_value"_s);
    const QJsonValue content = message[u"content"];
    if (content.isUndefined() && role.toString() != u"assistant")
        return missingParameter(at + u".content"_s);
    if (!content.isUndefined() && !content.isNull() && !content.isString() && !content.isArray())
        return modelError(400,
                          u"Invalid type for '%1.content': expected one of a string or array of "
                          "objects, but got %2 instead."_s.arg(at, typeOf(content)),
                          at + u".content"_s, u"invalid_type"_s);
    return std::nullopt;
}

SimulatedAnswer unansweredCalls(const QStringList &ids, qsizetype index) {
    return modelError(400,
                      u"An assistant message with 'tool_calls' must be followed by tool messages "
                      "responding to each 'tool_call_id'. The following tool_call_ids did not have "
                      "response messages: %1"_s.arg(ids.join(u", "_s)),
                      u"messages.[%1].role"_s.arg(index), {});
}

Refusal checkToolResults(const QList<ChatMessage> &messages) {
    QStringList open;
    bool asked = false;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const ChatMessage &message = messages[i];
        if (message.role == u"tool") {
            if (!asked)
                return modelError(
                    400,
                    u"Invalid parameter: messages with role 'tool' must be a response to "
                    "a preceeding message with 'tool_calls'."_s,
                    u"messages.[%1].role"_s.arg(i), {});
            open.removeAll(message.toolCallId);
            continue;
        }
        if (!open.isEmpty())
            return unansweredCalls(open, i);
        open = message.toolCallIds;
        asked = !open.isEmpty();
    }
    return open.isEmpty() ? Refusal() : unansweredCalls(open, messages.size());
}

} // namespace

Refusal checkConversation(const QJsonValue &messages, const QList<ChatMessage> &read) {
    if (Refusal refusal = checkList(messages))
        return refusal;
    const QJsonArray list = messages.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (Refusal refusal = checkMessage(list[i], i))
            return refusal;
    }
    return checkToolResults(read);
}

} // namespace quaygate::simulator
