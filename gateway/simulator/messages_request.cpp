#include "gateway/simulator/messages_request.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/messages_input.h"
#include "gateway/simulator/parameter_check.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

constexpr int leastThinking = 1024;

const std::array messagesParameters{
    Parameter{"cache_control"},
    Parameter{"container"},
    Parameter{"context_management", Type::Object},
    Parameter{"max_tokens", Type::Integer, 1},
    Parameter{"mcp_servers", Type::Array},
    Parameter{"messages"},
    Parameter{"metadata", Type::Object},
    Parameter{"model", Type::String},
    Parameter{"output_config", Type::Object},
    Parameter{"output_format", Type::Object},
    Parameter{"service_tier", Type::String},
    Parameter{"stop_sequences", Type::Array},
    Parameter{"stream", Type::Boolean},
    Parameter{"system"},
    Parameter{"temperature", Type::Number, 0, 1},
    Parameter{"thinking", Type::Object},
    Parameter{"tool_choice", Type::Object},
    Parameter{"tools", Type::Array},
    Parameter{"top_k", Type::Integer, 0},
    Parameter{"top_p", Type::Number, 0, 1},
};

SimulatedAnswer invalid(const QString &message) {
    return modelError(400, message, {}, {});
}

Refusal checkThinking(const QJsonObject &body) {
    const QJsonValue thinking = body[u"thinking"];
    if (thinking[u"type"] != u"enabled"_s)
        return std::nullopt;
    const int budget = thinking[u"budget_tokens"].toInt();
    if (budget < leastThinking)
        return invalid(u"thinking.enabled.budget_tokens: Input should be greater than or equal to "
                       "%1"_s.arg(leastThinking));
    if (body.contains(u"max_tokens") && budget >= body[u"max_tokens"].toInt())
        return invalid(u"`max_tokens` must be greater than `thinking.budget_tokens`."_s);
    return std::nullopt;
}

/// Those that the client runs; the service's own are accepted, and never used.
Refusal readTools(ChatRequest &chat, const QJsonArray &tools) {
    for (qsizetype i = 0; i < tools.size(); ++i) {
        const QString name = tools[i][u"name"].toString();
        if (name.isEmpty())
            return invalid(u"tools.%1.name: Field required"_s.arg(i));
        if (tools[i][u"type"].toString(u"custom"_s) != u"custom")
            continue;
        if (!tools[i][u"input_schema"].isObject())
            return invalid(u"tools.%1.custom.input_schema: Field required"_s.arg(i));
        chat.tools.append({name, tools[i][u"input_schema"].toObject(), false});
    }
    return std::nullopt;
}

Refusal readToolChoice(ChatRequest &chat, const QJsonObject &choice) {
    using Choice = ChatRequest::ToolChoice;
    static const QStringList types{u"auto"_s, u"any"_s, u"none"_s, u"tool"_s};
    static constexpr std::array meanings{Choice::Auto, Choice::Required, Choice::None,
                                         Choice::Named};
    if (choice.isEmpty())
        return std::nullopt;
    const qsizetype index = types.indexOf(choice[u"type"].toString());
    if (index < 0)
        return invalid(u"tool_choice.type: Input should be one of %1"_s.arg(enumeration(types)));
    chat.toolChoice = meanings[static_cast<std::size_t>(index)];
    chat.namedTool = choice[u"name"].toString();
    chat.parallelToolCalls = !choice[u"disable_parallel_tool_use"].toBool();
    const bool known = chat.toolChoice != Choice::Named ||
                       std::any_of(chat.tools.begin(), chat.tools.end(), [&](const ChatTool &tool) {
                           return tool.name == chat.namedTool;
                       });
    return known ? Refusal()
                 : invalid(u"Tool '%1' not found in provided tools"_s.arg(chat.namedTool));
}

Refusal check(const QJsonObject &body, bool counting) {
    Refusal refusal = checkParameters(body, messagesParameters);
    if (!refusal && !counting && !body.contains(u"max_tokens"))
        refusal = missingParameter(u"max_tokens"_s);
    if (!refusal)
        refusal = checkMessages(body[u"messages"]);
    return refusal ? refusal : checkThinking(body);
}

} // namespace

std::variant<MessagesRequest, SimulatedAnswer> readMessagesRequest(const Call &call,
                                                                   bool counting) {
    const QJsonObject &body = call.body;
    MessagesRequest request;
    ChatRequest &chat = request.chat;
    Refusal refusal;
    if (call.request->headers.value("anthropic-version").value_or(QByteArray()).isEmpty())
        refusal = invalid(u"anthropic-version: header is required"_s);
    if (!refusal)
        refusal = check(body, counting);
    if (!refusal)
        refusal = readTools(chat, body[u"tools"].toArray());
    if (!refusal)
        refusal = readToolChoice(chat, body[u"tool_choice"].toObject());
    if (refusal)
        return *refusal;

    chat.messages = chatMessagesOf(body[u"system"], body[u"messages"].toArray());
    chat.stream = body[u"stream"].toBool();
    if (!counting)
        chat.maxTokens = static_cast<int>(std::min(body[u"max_tokens"].toDouble(), 1e9));
    for (const QJsonValue word : body[u"stop_sequences"].toArray())
        chat.stop.append(word.toString());
    chat.stop.removeAll(QString());
    chat.parameters = body;
    for (const char *shown : {"messages", "model", "system", "tools"})
        chat.parameters.remove(QLatin1StringView(shown));
    request.thinking = body[u"thinking"][u"type"] == u"enabled"_s;
    return request;
}

} // namespace quaygate::simulator
