#include "gateway/simulator/chat_request.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/conversation_check.h"
#include "gateway/simulator/model_rules.h"
#include "gateway/simulator/parameter_check.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

const std::array chatParameters{
    Parameter{"audio", Type::Object},
    Parameter{"data_sources", Type::Array},
    Parameter{"frequency_penalty", Type::Number, -2, 2},
    Parameter{"function_call"},
    Parameter{"functions", Type::Array},
    Parameter{"logit_bias", Type::Object},
    Parameter{"logprobs", Type::Boolean},
    Parameter{"max_completion_tokens", Type::Integer, 1},
    Parameter{"max_tokens", Type::Integer, 1},
    Parameter{"messages"},
    Parameter{"metadata", Type::Object},
    Parameter{"modalities", Type::Array},
    // On the deployments family it may be anything: the path names the deployment.
    Parameter{"model"},
    Parameter{"n", Type::Integer, 1, 128},
    Parameter{"parallel_tool_calls", Type::Boolean},
    Parameter{"prediction", Type::Object},
    Parameter{"presence_penalty", Type::Number, -2, 2},
    Parameter{"prompt_cache_key", Type::String},
    Parameter{"prompt_cache_retention", Type::String},
    Parameter{"reasoning_effort", Type::String},
    Parameter{"response_format", Type::Object},
    Parameter{"safety_identifier", Type::String},
    Parameter{"seed", Type::Integer},
    Parameter{"service_tier", Type::String},
    Parameter{"stop"},
    Parameter{"store", Type::Boolean},
    Parameter{"stream", Type::Boolean},
    Parameter{"stream_options", Type::Object},
    Parameter{"temperature", Type::Number, 0, 2},
    Parameter{"tool_choice"},
    Parameter{"tools", Type::Array},
    Parameter{"top_logprobs", Type::Integer, 0, 20},
    Parameter{"top_p", Type::Number, 0, 1},
    Parameter{"user", Type::String},
    Parameter{"user_security_context", Type::Object},
    Parameter{"verbosity", Type::String},
    Parameter{"web_search_options", Type::Object},
};

void readContent(ChatMessage &message, const QJsonValue &content) {
    message.text = content.toString();
    QStringList texts;
    for (const QJsonValue part : content.toArray()) {
        if (part[u"type"] == u"image_url"_s)
            ++message.images;
        else if (part[u"text"].isString())
            texts.append(part[u"text"].toString());
    }
    if (content.isArray())
        message.text = texts.join(u'\n');
}

QList<ChatMessage> readMessages(const QJsonValue &value) {
    QList<ChatMessage> messages;
    for (const QJsonValue each : value.toArray()) {
        ChatMessage message;
        message.role = each[u"role"].toString();
        message.toolCallId = each[u"tool_call_id"].toString();
        readContent(message, each[u"content"]);
        for (const QJsonValue call : each[u"tool_calls"].toArray()) {
            message.toolCallIds.append(call[u"id"].toString());
            message.toolNames.append(call[u"function"][u"name"].toString());
        }
        messages.append(message);
    }
    return messages;
}

Refusal readTools(ChatRequest &request, const QJsonObject &body) {
    const QJsonArray tools = body[u"tools"].toArray();
    for (qsizetype i = 0; i < tools.size(); ++i) {
        const bool custom = tools[i][u"type"] == u"custom"_s;
        const QJsonValue definition = tools[i][custom ? u"custom"_s : u"function"_s];
        const QString name = definition[u"name"].toString();
        if (name.isEmpty())
            return missingParameter(
                u"tools[%1].%2.name"_s.arg(i).arg(custom ? u"custom"_s : u"function"_s));
        request.tools.append({name, definition[u"parameters"].toObject(), custom});
    }
    if (tools.isEmpty() && body[u"tools"].isArray())
        return modelError(
            400,
            u"Invalid 'tools': empty array. Expected an array with minimum length 1, but "
            "got an empty array instead."_s,
            u"tools"_s, u"empty_array"_s);
    return std::nullopt;
}

Refusal readToolChoice(ChatRequest &request, const QJsonValue &choice) {
    if (choice.isUndefined() || choice.isNull())
        return std::nullopt;
    if (request.tools.isEmpty() && choice != u"none"_s)
        return modelError(
            400,
            u"Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' "
            "are specified."_s,
            u"tool_choice"_s, {});
    if (choice.isObject()) {
        request.toolChoice = ChatRequest::ToolChoice::Named;
        const QString kind = choice[u"type"].toString();
        request.namedTool = choice[kind][u"name"].toString();
        const bool known =
            std::any_of(request.tools.begin(), request.tools.end(),
                        [&](const ChatTool &t) { return t.name == request.namedTool; });
        if (!known)
            return modelError(
                400, u"Tool choice '%1' not found in 'tools' parameter."_s.arg(request.namedTool),
                u"tool_choice"_s, {});
        return std::nullopt;
    }
    const QString word = choice.toString();
    if (word == u"none")
        request.toolChoice = ChatRequest::ToolChoice::None;
    else if (word == u"required")
        request.toolChoice = ChatRequest::ToolChoice::Required;
    else if (word != u"auto")
        return modelError(400,
                          u"Invalid value: '%1'. Supported values are: 'none', 'auto', and "
                          "'required'."_s.arg(word),
                          u"tool_choice"_s, u"invalid_value"_s);
    return std::nullopt;
}

Refusal readFormat(ChatRequest &request, const QJsonObject &format) {
    const QString type = format[u"type"].toString();
    if (format.isEmpty() || type == u"text")
        return std::nullopt;
    if (type == u"json_schema") {
        request.format = ChatRequest::Format::Schema;
        request.schema = format[u"json_schema"][u"schema"].toObject();
        if (format[u"json_schema"][u"name"].toString().isEmpty())
            return missingParameter(u"response_format.json_schema.name"_s);
        return std::nullopt;
    }
    if (type != u"json_object")
        return modelError(
            400,
            u"Invalid value: '%1'. Supported values are: 'json_object', 'json_schema', "
            "and 'text'."_s.arg(type),
            u"response_format.type"_s, u"invalid_value"_s);
    request.format = ChatRequest::Format::Json;
    const bool saysJson = std::any_of(
        request.messages.begin(), request.messages.end(), [](const ChatMessage &message) {
            return message.text.contains(u"json"_s, Qt::CaseInsensitive);
        });
    if (!saysJson)
        return modelError(400,
                          u"'messages' must contain the word 'json' in some form, to use "
                          "'response_format' of type 'json_object'."_s,
                          u"messages"_s, {});
    return std::nullopt;
}

Refusal readStreaming(ChatRequest &request, const QJsonObject &body, const ApiVersion &version) {
    request.stream = body[u"stream"].toBool();
    const QJsonValue options = body[u"stream_options"];
    if (options.isObject() && !request.stream)
        return modelError(
            400, u"The 'stream_options' parameter is only allowed when 'stream' is enabled."_s,
            u"stream_options"_s, {});
    // Older versions ignore it.
    request.includeUsage = options[u"include_usage"].toBool() && version.isSince("2024-09-01");
    request.obfuscate = options[u"include_obfuscation"].toBool(true);
    return std::nullopt;
}

QStringList readStop(const QJsonValue &stop) {
    QStringList words;
    if (stop.isString())
        words.append(stop.toString());
    for (const QJsonValue word : stop.toArray())
        words.append(word.toString());
    words.removeAll(QString());
    return words;
}

void readNumbers(ChatRequest &request, const QJsonObject &body) {
    for (const char *each : {"max_tokens", "max_completion_tokens"}) {
        const QJsonValue value = body[QLatin1StringView(each)];
        if (value.isDouble())
            request.maxTokens = static_cast<int>(std::min(value.toDouble(), 1e9));
    }
    request.n = std::max(body[u"n"].toInt(1), 1);
}

} // namespace

const ChatMessage *ChatRequest::lastOf(QStringView role) const {
    const auto found = std::find_if(messages.rbegin(), messages.rend(),
                                    [role](const ChatMessage &each) { return each.role == role; });
    return found == messages.rend() ? nullptr : &*found;
}

std::variant<ChatRequest, SimulatedAnswer>
readChatRequest(const QJsonObject &body, const Model &model, const ApiVersion &version) {
    ChatRequest request;
    request.messages = readMessages(body[u"messages"]);
    Refusal refusal = checkParameters(body, chatParameters);
    if (!refusal)
        refusal = checkConversation(body[u"messages"], request.messages);
    if (!refusal)
        refusal = checkModelRules(body, model);
    if (!refusal)
        refusal = readTools(request, body);
    if (!refusal)
        refusal = readToolChoice(request, body[u"tool_choice"]);
    if (!refusal)
        refusal = readFormat(request, body[u"response_format"].toObject());
    if (!refusal)
        refusal = readStreaming(request, body, version);
    if (refusal)
        return *refusal;
    readNumbers(request, body);
    request.parallelToolCalls = body[u"parallel_tool_calls"].toBool(true);
    request.stop = readStop(body[u"stop"]);
    request.effort = body[u"reasoning_effort"].toString(model.reasoning ? u"medium"_s : QString());
    request.parameters = body;
    request.parameters.remove(u"messages");
    request.parameters.remove(u"tools");
    request.parameters.remove(u"model");
    return request;
}

} // namespace quaygate::simulator
