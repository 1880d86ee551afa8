#include "gateway/simulator/responses_request.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/model_rules.h"
#include "gateway/simulator/parameter_check.h"
#include "gateway/simulator/responses_input.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

const std::array responsesParameters{
    Parameter{"background", Type::Boolean},
    Parameter{"context_management"},
    Parameter{"conversation"},
    Parameter{"include", Type::Array},
    Parameter{"input"},
    Parameter{"instructions", Type::String},
    Parameter{"max_output_tokens", Type::Integer, 16},
    Parameter{"max_tool_calls", Type::Integer, 1},
    Parameter{"metadata", Type::Object},
    Parameter{"model", Type::String},
    Parameter{"parallel_tool_calls", Type::Boolean},
    Parameter{"previous_response_id", Type::String},
    Parameter{"prompt", Type::Object},
    Parameter{"prompt_cache_key", Type::String},
    Parameter{"prompt_cache_retention", Type::String},
    Parameter{"reasoning", Type::Object},
    Parameter{"safety_identifier", Type::String},
    Parameter{"service_tier", Type::String},
    Parameter{"store", Type::Boolean},
    Parameter{"stream", Type::Boolean},
    Parameter{"stream_options", Type::Object},
    Parameter{"temperature", Type::Number, 0, 2},
    Parameter{"text", Type::Object},
    Parameter{"tool_choice"},
    Parameter{"tools", Type::Array},
    Parameter{"top_logprobs", Type::Integer, 0, 20},
    Parameter{"top_p", Type::Number, 0, 1},
    Parameter{"truncation", Type::String},
    Parameter{"user", Type::String},
};

/// Functions and custom tools are called; built-in ones are accepted, and never used.
Refusal readTools(ChatRequest &chat, const QJsonArray &tools) {
    for (qsizetype i = 0; i < tools.size(); ++i) {
        const QString type = tools[i][u"type"].toString();
        if (type.isEmpty())
            return missingParameter(u"tools[%1].type"_s.arg(i));
        const bool custom = type == u"custom";
        if (type != u"function" && !custom)
            continue;
        const QString name = tools[i][u"name"].toString();
        if (name.isEmpty())
            return missingParameter(u"tools[%1].name"_s.arg(i));
        chat.tools.append({name, tools[i][u"parameters"].toObject(), custom});
    }
    return std::nullopt;
}

Refusal readNamedTool(ChatRequest &chat, const QJsonValue &choice) {
    if (choice[u"type"] == u"allowed_tools"_s)
        return std::nullopt;
    const QString name = choice[u"name"].toString();
    const bool known = std::any_of(chat.tools.begin(), chat.tools.end(),
                                   [&](const ChatTool &tool) { return tool.name == name; });
    if (!known)
        return modelError(400, u"Tool choice '%1' not found in 'tools' parameter."_s.arg(name),
                          u"tool_choice"_s, {});
    chat.toolChoice = ChatRequest::ToolChoice::Named;
    chat.namedTool = name;
    return std::nullopt;
}

Refusal readToolChoice(ChatRequest &chat, const QJsonValue &choice) {
    using Choice = ChatRequest::ToolChoice;
    if (choice.isUndefined() || choice.isNull())
        return std::nullopt;
    if (choice.isObject())
        return readNamedTool(chat, choice);
    static const QStringList words{u"none"_s, u"auto"_s, u"required"_s};
    static constexpr std::array meanings{Choice::None, Choice::Auto, Choice::Required};
    const qsizetype index = words.indexOf(choice.toString());
    if (index < 0)
        return invalidValue(u"tool_choice"_s, choice.toString(), words);
    chat.toolChoice = meanings[static_cast<std::size_t>(index)];
    return std::nullopt;
}

Refusal readFormat(ChatRequest &chat, const QJsonObject &format) {
    const QString type = format[u"type"].toString(u"text"_s);
    if (type == u"text")
        return std::nullopt;
    if (type == u"json_schema") {
        if (format[u"name"].toString().isEmpty())
            return missingParameter(u"text.format.name"_s);
        if (!format[u"schema"].isObject())
            return missingParameter(u"text.format.schema"_s);
        chat.format = ChatRequest::Format::Schema;
        chat.schema = format[u"schema"].toObject();
        return std::nullopt;
    }
    if (type != u"json_object")
        return invalidValue(u"text.format.type"_s, type,
                            {u"json_object"_s, u"json_schema"_s, u"text"_s});
    chat.format = ChatRequest::Format::Json;
    const bool saysJson =
        std::any_of(chat.messages.begin(), chat.messages.end(), [](const ChatMessage &message) {
            return message.text.contains(u"json"_s, Qt::CaseInsensitive);
        });
    return saysJson ? Refusal()
                    : modelError(400,
                                 u"Response input messages must contain the word 'json' in some "
                                 "form to use 'text.format' of type 'json_object'."_s,
                                 u"input"_s, {});
}

SimulatedAnswer previousNotFound(const QString &id) {
    return modelError(400, u"Previous response with id '%1' not found."_s.arg(id),
                      u"previous_response_id"_s, u"previous_response_not_found"_s);
}

Refusal readConversation(ResponsesRequest &request, const Call &call, SimulatedResource &resource) {
    if (const QString id = call.body[u"previous_response_id"].toString(); !id.isEmpty()) {
        const StoredResponse *const previous = resource.responses().find(id);
        if (!previous)
            return previousNotFound(id);
        request.conversation = previous->conversation;
    }
    const auto reading = readInputItems(call.body[u"input"], resource);
    if (const auto *const refusal = std::get_if<SimulatedAnswer>(&reading))
        return *refusal;
    request.input = std::get<QJsonArray>(reading);
    for (const QJsonValue item : request.input)
        request.conversation.append(item);
    if (request.input.isEmpty() && request.conversation.isEmpty())
        return missingParameter(u"input"_s);
    return checkItems(request.conversation);
}

void readMessages(ResponsesRequest &request, const QString &instructions) {
    QList<ChatMessage> &messages = request.chat.messages;
    messages = messagesOfItems(request.conversation);
    if (!instructions.isEmpty()) {
        ChatMessage message;
        message.role = u"developer"_s;
        message.text = instructions;
        messages.prepend(message);
    }
    if (messages.isEmpty())
        messages.append(ChatMessage{});
}

void readRest(ResponsesRequest &request, const QJsonObject &body, const Model &model) {
    ChatRequest &chat = request.chat;
    chat.stream = body[u"stream"].toBool();
    chat.obfuscate = body[u"stream_options"][u"include_obfuscation"].toBool(true);
    chat.parallelToolCalls = body[u"parallel_tool_calls"].toBool(true);
    if (body[u"max_output_tokens"].isDouble())
        chat.maxTokens = static_cast<int>(std::min(body[u"max_output_tokens"].toDouble(), 1e9));
    chat.effort = body[u"reasoning"][u"effort"].toString(model.reasoning ? u"medium"_s : QString());
    chat.parameters = body;
    for (const char *shown : {"input", "instructions", "model", "tools"})
        chat.parameters.remove(QLatin1StringView(shown));
    request.store = body[u"store"].toBool(true);
    request.background = body[u"background"].toBool();
    request.summary = !body[u"reasoning"][u"summary"].toString().isEmpty();
    request.encryptedReasoning =
        body[u"include"].toArray().contains(u"reasoning.encrypted_content"_s);
}

Refusal checkBackground(const ResponsesRequest &request) {
    if (request.background && !request.store)
        return modelError(400, u"Background mode requires 'store' to be true."_s, u"background"_s,
                          u"invalid_parameter_combination"_s);
    return std::nullopt;
}

} // namespace

std::variant<ResponsesRequest, SimulatedAnswer> readResponsesRequest(const Call &call,
                                                                     SimulatedResource &resource) {
    const QJsonObject &body = call.body;
    const Model &model = call.deployment->model;
    ResponsesRequest request;
    Refusal refusal = checkParameters(body, responsesParameters);
    if (!refusal)
        refusal = checkResponsesRules(body, model);
    if (!refusal)
        refusal = readConversation(request, call, resource);
    if (refusal)
        return *refusal;
    readMessages(request, body[u"instructions"].toString());
    refusal = readTools(request.chat, body[u"tools"].toArray());
    if (!refusal)
        refusal = readToolChoice(request.chat, body[u"tool_choice"]);
    if (!refusal)
        refusal = readFormat(request.chat, body[u"text"][u"format"].toObject());
    if (refusal)
        return *refusal;
    readRest(request, body, model);
    refusal = checkBackground(request);
    if (refusal)
        return *refusal;
    return request;
}

} // namespace quaygate::simulator
