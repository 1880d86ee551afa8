#include "gateway/dialects/chat_to_responses.h"

#include "gateway/dialects/chat_input.h"
#include "gateway/dialects/json_build.h"
#include "gateway/dialects/json_view.h"
#include "gateway/dialects/refused.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

constexpr qint64 leastOutputTokens = 16; // the Responses API refuses less

/// Asks for nothing: absent, off, or empty.
bool asksForNothing(const JsonView &value) {
    const QByteArrayView raw = value.raw();
    const bool isZero = value.isNumber() && raw.toDouble() == 0;
    return !value.isPresent() || raw == "false" || isZero || value.isEmptyArray() || raw == "{}";
}

Result<void> checkParameters(const JsonView &request) {
    if (!request["model"].isString())
        return refused("model", u"a model is required."_s);
    if (request["n"].integer().value_or(1) != 1)
        return refused("n", u"a deployment that speaks responses gives one answer only."_s);
    for (const QByteArrayView name :
         {"stop", "logprobs", "top_logprobs", "logit_bias", "presence_penalty", "frequency_penalty",
          "audio", "web_search_options", "functions", "function_call"}) {
        if (!asksForNothing(request[name]))
            return refused(name,
                           u"it has no counterpart on a deployment that speaks responses only; "
                           "leave it out, or use a deployment that speaks chat completions."_s);
    }
    return {};
}

Result<void> addTools(ObjectText &responses, const JsonView &request) {
    QByteArrayList tools;
    for (const JsonView &tool : request["tools"].elements()) {
        const JsonView function = tool["function"];
        if (tool["type"].string() != "function" || !function["name"].isString())
            return refused(elementPath("tools", tools.size()) + ".type",
                           u"only functions with a name can be translated for a deployment that "
                           "speaks responses."_s);
        ObjectText text;
        text.string("type", "function");
        text.raw("name", function["name"].raw());
        text.rawIf("description", function["description"]);
        // Both have another value if they are left out than they have in the chat API.
        const JsonView parameters = function["parameters"];
        text.raw("parameters", parameters.isPresent()
                                   ? parameters.raw()
                                   : QByteArrayView(R"({"type":"object","properties":{}})"));
        text.boolean("strict", function["strict"].isTrue());
        tools.append(text.text());
    }
    if (!tools.isEmpty())
        responses.raw("tools", arrayText(tools));
    return {};
}

Result<QByteArray> toolChoice(const JsonView &choice) {
    const QByteArray type = choice["type"].string();
    if (choice.isString())
        return choice.raw().toByteArray();
    const JsonView name = choice["function"]["name"];
    if (type == "function" && name.isString())
        return ObjectText().string("type", "function").raw("name", name.raw()).text();
    if (type != "allowed_tools")
        return refused("tool_choice", u"it must be auto, none, required, a function or "
                                      "allowed_tools."_s);
    const JsonView allowed = choice["allowed_tools"];
    QByteArrayList tools;
    for (const JsonView &tool : allowed["tools"].elements())
        tools.append(
            ObjectText().string("type", "function").rawIf("name", tool["function"]["name"]).text());
    ObjectText text;
    text.string("type", "allowed_tools").rawIf("mode", allowed["mode"]);
    return text.raw("tools", arrayText(tools)).text();
}

void addText(ObjectText &responses, const JsonView &request) {
    const JsonView format = request["response_format"];
    const QByteArray type = format["type"].string();
    ObjectText text;
    if (type == "json_schema") {
        ObjectText schema;
        schema.string("type", type);
        for (const QByteArrayView member : {"name", "description", "schema", "strict"})
            schema.rawIf(member, format["json_schema"][member]);
        text.raw("format", schema.text());
    } else if (format.isObject()) {
        text.raw("format", format.raw());
    }
    text.rawIf("verbosity", request["verbosity"]);
    if (!text.isEmpty())
        responses.raw("text", text.text());
}

void addParameters(ObjectText &responses, const JsonView &request) {
    const JsonView newer = request["max_completion_tokens"];
    const auto limit = (newer.isPresent() ? newer : request["max_tokens"]).integer();
    if (limit)
        responses.number("max_output_tokens", std::max(*limit, leastOutputTokens));
    if (request["reasoning_effort"].isPresent())
        responses.raw("reasoning",
                      ObjectText().raw("effort", request["reasoning_effort"].raw()).text());
    addText(responses, request);
    for (const QByteArrayView name :
         {"temperature", "top_p", "metadata", "user", "service_tier", "safety_identifier",
          "prompt_cache_key", "prompt_cache_retention"})
        responses.rawIf(name, request[name]);
    responses.boolean("store", request["store"].isTrue());
    if (request["stream"].isTrue())
        responses.boolean("stream", true);
}

} // namespace

Result<ChatAsResponses> chatToResponses(QByteArrayView body) {
    const JsonDocument document(body);
    if (!document.isObject())
        return notAnObject(document);
    const JsonView request = document.root();
    if (const auto checked = checkParameters(request); !checked)
        return checked.error();
    const Result<QByteArrayList> items = inputItems(request["messages"]);
    if (!items)
        return items.error();

    ObjectText responses;
    responses.raw("model", request["model"].raw());
    responses.raw("input", arrayText(*items));
    if (auto added = addTools(responses, request); !added)
        return added.error();
    if (request["tool_choice"].isPresent()) {
        const Result<QByteArray> choice = toolChoice(request["tool_choice"]);
        if (!choice)
            return choice.error();
        responses.raw("tool_choice", *choice);
    }
    responses.rawIf("parallel_tool_calls", request["parallel_tool_calls"]);
    addParameters(responses, request);

    ChatAsResponses result;
    result.body = responses.text();
    result.stream = request["stream"].isTrue();
    result.context.includeUsage = request["stream_options"]["include_usage"].isTrue();
    return result;
}

} // namespace quaygate::dialects
