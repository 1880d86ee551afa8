#include "gateway/dialects/messages_to_chat.h"

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/json_view.h"
#include "gateway/dialects/messages_content.h"
#include "gateway/dialects/messages_tools.h"
#include "gateway/dialects/refused.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

constexpr qsizetype stopsAllowed = 4; // by the chat API
constexpr qsizetype userLength = 64;

Result<void> checkRequired(const JsonView &request) {
    if (!request["model"].isString())
        return refused("model", u"a model is required."_s);
    if (!request["max_tokens"].integer())
        return refused("max_tokens", u"a whole number is required."_s);
    if (request["container"].isPresent())
        return refused("container", u"containers exist at Anthropic only; leave it out, or use a "
                                    "Claude deployment."_s);
    if (request["mcp_servers"].isArray() && !request["mcp_servers"].isEmptyArray())
        return refused("mcp_servers",
                       u"a chat completions deployment does not call MCP servers; let "
                       "the client call them, or use a Claude deployment."_s);
    return {};
}

void addTokenLimit(ObjectText &chat, const JsonView &request, const ChatModel &model) {
    const qint64 asked = *request["max_tokens"].integer();
    chat.number(model.reasoning ? "max_completion_tokens" : "max_tokens",
                std::min(asked, model.maxOutputTokens.value_or(asked)));
}

Result<void> addStops(ObjectText &chat, const JsonView &stops) {
    if (!stops.isArray() || stops.isEmptyArray())
        return {};
    if (qsizetype(stops.elements().size()) > stopsAllowed)
        return refused("stop_sequences",
                       u"a chat completions deployment takes at most %1."_s.arg(stopsAllowed));
    chat.raw("stop", stops.raw());
    return {};
}

/// What the user is called is only compared, so one that is too long may be a digest.
void addUser(ObjectText &chat, const JsonView &userId) {
    if (!userId.isString())
        return;
    const QByteArray name = userId.string();
    if (name.size() <= userLength)
        chat.raw("user", userId.raw());
    else
        chat.string("user", QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex());
}

/// Clients ask for 4,000, 10,000 or 32,000 tokens when they say think, think hard, think harder.
QByteArray effortForBudget(qint64 tokens) {
    if (tokens <= 4'096)
        return "low";
    return tokens <= 16'384 ? "medium" : "high";
}

/// The effort in the words of the chat API; empty if the client does not ask for any.
QByteArray effort(const JsonView &request) {
    QByteArray asked = request["output_config"]["effort"].string();
    if (asked == "low" || asked == "medium" || asked == "high")
        return asked;
    if (!asked.isEmpty())
        return "high"; // xhigh and max: the highest that every reasoning model has
    const JsonView thinking = request["thinking"];
    const auto budget = thinking["budget_tokens"].integer();
    return thinking["type"].string() == "enabled" && budget ? effortForBudget(*budget)
                                                            : QByteArray();
}

/// The chat API guarantees a schema only if every property is required; with others it refuses
/// `strict`.
bool requiresAll(const json::Node &schema, QByteArrayView text) {
    const json::Node *properties = schema.find("properties");
    if (properties && properties->type == json::Node::Type::Object) {
        QByteArrayList required;
        for (const JsonView &name : JsonView(text, schema)["required"].elements())
            required.append(name.string());
        for (const json::Node::Member &property : properties->members) {
            if (!required.contains(property.key))
                return false;
        }
    }
    const auto good = [text](const json::Node &part) { return requiresAll(part, text); };
    return std::all_of(schema.elements.begin(), schema.elements.end(), good) &&
           std::all_of(schema.members.begin(), schema.members.end(),
                       [&good](const json::Node::Member &member) { return good(member.value); });
}

void addFormat(ObjectText &chat, const JsonView &request) {
    const JsonView current = request["output_config"]["format"];
    const JsonView format = current.isPresent() ? current : request["output_format"];
    const JsonView schema = format["schema"];
    if (format["type"].string() != "json_schema" || !schema.isObject())
        return;
    const json::Parsed parsed = json::parse(schema.raw());
    ObjectText named;
    named.string("name", "answer");
    named.raw("schema", schema.raw());
    named.boolean("strict", requiresAll(parsed.root, schema.raw()));
    chat.raw("response_format",
             ObjectText().string("type", "json_schema").raw("json_schema", named.text()).text());
}

/// Everything that is neither a message nor a tool.
Result<void> addParameters(ObjectText &chat, const JsonView &request, const ChatModel &model) {
    addTokenLimit(chat, request, model);
    if (!model.reasoning) {
        chat.rawIf("temperature", request["temperature"]);
        chat.rawIf("top_p", request["top_p"]);
    } else if (const QByteArray wanted = effort(request); !wanted.isEmpty()) {
        chat.string("reasoning_effort", wanted);
    }
    addFormat(chat, request);
    addUser(chat, request["metadata"]["user_id"]);
    if (request["service_tier"].string() == "standard_only")
        chat.string("service_tier", "default");
    if (request["stream"].isTrue()) {
        chat.boolean("stream", true);
        chat.raw("stream_options", R"({"include_usage":true})");
    }
    return addStops(chat, request["stop_sequences"]);
}

} // namespace

Result<MessagesAsChat> messagesToChat(QByteArrayView body, const ChatModel &model) {
    const JsonDocument document(body);
    if (!document.isObject())
        return notAnObject(document);
    const JsonView request = document.root();
    if (const auto checked = checkRequired(request); !checked)
        return checked.error();

    MessagesAsChat result;
    result.context.model = request["model"].string();
    result.stream = request["stream"].isTrue();
    MessagesContent content(result.context.toolNames);
    if (auto added = content.addSystem(request["system"]); !added)
        return added.error();
    if (auto added = content.addMessages(request["messages"]); !added)
        return added.error();

    ObjectText chat;
    chat.raw("model", request["model"].raw());
    chat.raw("messages", arrayText(content.chatMessages()));
    if (auto added = addTools(chat, request, result.context.toolNames); !added)
        return added.error();
    if (auto added = addParameters(chat, request, model); !added)
        return added.error();
    result.body = chat.text();
    return result;
}

} // namespace quaygate::dialects
