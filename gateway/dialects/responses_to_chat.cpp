#include "gateway/dialects/responses_to_chat.h"

#include "gateway/dialects/json_view.h"
#include "gateway/dialects/refused.h"
#include "gateway/dialects/responses_input.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

/// Parameters that need what only the Responses API has, and why there is no way around it.
struct Missing {
    const char *name;
    const char16_t *why;
};

constexpr Missing missing[] = {
    {"previous_response_id",
     u"responses are not stored for a deployment that speaks chat completions only; send the whole "
     "conversation as input."},
    {"conversation", u"conversations are not stored for a deployment that speaks chat completions "
                     "only; send the whole conversation as input."},
    {"prompt",
     u"stored prompts cannot be used with a deployment that speaks chat completions only; "
     "send instructions and input."},
    {"background",
     u"a deployment that speaks chat completions only does not work in the background; "
     "leave it out and stream the answer."},
};

Result<void> checkParameters(const JsonView &request) {
    if (!request["model"].isString())
        return refused("model", u"a model is required."_s);
    for (const Missing &parameter : missing) {
        const JsonView value = request[parameter.name];
        if (value.isPresent() && value.raw() != "false")
            return refused(parameter.name, QString::fromUtf16(parameter.why));
    }
    return {};
}

QByteArray namedFunction(const JsonView &name) {
    const QByteArray function = ObjectText().raw("name", name.raw()).text();
    return ObjectText().string("type", "function").raw("function", function).text();
}

Result<void> addTools(ObjectText &chat, const JsonView &request) {
    QByteArrayList tools;
    for (const JsonView &tool : request["tools"].elements()) {
        const QByteArray where = elementPath("tools", tools.size());
        if (tool["type"].string() != "function")
            return refused(where + ".type",
                           u"the tool “%1” has no counterpart on a deployment that speaks chat "
                           "completions only; leave it out, or use a deployment that speaks "
                           "responses."_s.arg(QString::fromUtf8(tool["type"].string())));
        if (!tool["name"].isString())
            return refused(where + ".name", u"a function needs a name."_s);
        ObjectText function;
        for (const QByteArrayView member : {"name", "description", "parameters", "strict"})
            function.rawIf(member, tool[member]);
        tools.append(
            ObjectText().string("type", "function").raw("function", function.text()).text());
    }
    if (!tools.isEmpty())
        chat.raw("tools", arrayText(tools));
    return {};
}

Result<QByteArray> allowedTools(const JsonView &choice) {
    QByteArrayList names;
    for (const JsonView &tool : choice["tools"].elements()) {
        if (tool["type"].string() != "function" || !tool["name"].isString())
            return refused(elementPath("tool_choice.tools", names.size()),
                           u"only functions can be allowed here."_s);
        names.append(namedFunction(tool["name"]));
    }
    ObjectText allowed;
    allowed.rawIf("mode", choice["mode"]).raw("tools", arrayText(names));
    return ObjectText().string("type", "allowed_tools").raw("allowed_tools", allowed.text()).text();
}

Result<void> addToolChoice(ObjectText &chat, const JsonView &choice) {
    const QByteArray type = choice["type"].string();
    if (!choice.isPresent())
        return {};
    if (choice.isString()) {
        chat.raw("tool_choice", choice.raw());
        return {};
    }
    if (type == "function" && choice["name"].isString()) {
        chat.raw("tool_choice", namedFunction(choice["name"]));
        return {};
    }
    if (type == "allowed_tools") {
        const Result<QByteArray> allowed = allowedTools(choice);
        if (!allowed)
            return allowed.error();
        chat.raw("tool_choice", *allowed);
        return {};
    }
    return refused("tool_choice",
                   u"it must be auto, none, required, a function or allowed_tools for "
                   "a deployment that speaks chat completions only."_s);
}

Result<void> addFormat(ObjectText &chat, const JsonView &format) {
    const QByteArray type = format["type"].string();
    if (!format.isPresent() || type == "text")
        return {};
    if (type == "json_object") {
        chat.raw("response_format", R"({"type":"json_object"})");
        return {};
    }
    if (type != "json_schema")
        return refused("text.format.type", u"it must be text, json_object or json_schema."_s);
    ObjectText schema;
    for (const QByteArrayView member : {"name", "description", "schema", "strict"})
        schema.rawIf(member, format[member]);
    chat.raw("response_format",
             ObjectText().string("type", "json_schema").raw("json_schema", schema.text()).text());
    return {};
}

Result<void> addParameters(ObjectText &chat, const JsonView &request, const ChatModel &model) {
    if (const auto limit = request["max_output_tokens"].integer())
        chat.number(model.reasoning ? "max_completion_tokens" : "max_tokens",
                    std::min(*limit, model.maxOutputTokens.value_or(*limit)));
    if (model.reasoning) {
        chat.rawIf("reasoning_effort", request["reasoning"]["effort"]);
        chat.rawIf("verbosity", request["text"]["verbosity"]);
    } else {
        chat.rawIf("temperature", request["temperature"]);
        chat.rawIf("top_p", request["top_p"]);
    }
    chat.rawIf("service_tier", request["service_tier"]);
    chat.rawIf("user", request["user"]);
    if (request["stream"].isTrue()) {
        chat.boolean("stream", true);
        chat.raw("stream_options", R"({"include_usage":true})");
    }
    return addFormat(chat, request["text"]["format"]);
}

/// What a response repeats of its request; what was not asked for has the value that it took.
ObjectText repeated(const JsonView &request) {
    struct Member {
        const char *name;
        const char *otherwise;
    };
    constexpr Member members[] = {
        {"instructions", "null"},
        {"max_output_tokens", "null"},
        {"metadata", "{}"},
        {"model", "null"},
        {"parallel_tool_calls", "true"},
        {"reasoning", R"({"effort":null,"summary":null})"},
        {"service_tier", "\"auto\""},
        {"temperature", "1.0"},
        {"text", R"({"format":{"type":"text"}})"},
        {"tool_choice", "\"auto\""},
        {"tools", "[]"},
        {"top_p", "1.0"},
        {"user", "null"},
    };
    ObjectText text;
    text.boolean("background", false);
    for (const Member &member : members) {
        const JsonView given = request[member.name];
        text.raw(member.name, given.isPresent() ? given.raw() : QByteArrayView(member.otherwise));
    }
    return text.null("previous_response_id")
        .boolean("store", false)
        .string("truncation", "disabled");
}

} // namespace

Result<ResponsesAsChat> responsesToChat(QByteArrayView body, const ChatModel &model) {
    const JsonDocument document(body);
    if (!document.isObject())
        return notAnObject(document);
    const JsonView request = document.root();
    if (const auto checked = checkParameters(request); !checked)
        return checked.error();
    ResponsesInput input;
    if (auto added = input.addInstructions(request["instructions"]); !added)
        return added.error();
    if (auto added = input.addInput(request["input"]); !added)
        return added.error();

    ObjectText chat;
    chat.raw("model", request["model"].raw());
    chat.raw("messages", arrayText(input.chatMessages()));
    if (auto added = addTools(chat, request); !added)
        return added.error();
    if (request["tools"].isArray() && !request["tools"].isEmptyArray()) {
        // Without tools the chat API refuses both.
        if (auto added = addToolChoice(chat, request["tool_choice"]); !added)
            return added.error();
        chat.rawIf("parallel_tool_calls", request["parallel_tool_calls"]);
    }
    if (auto added = addParameters(chat, request, model); !added)
        return added.error();

    ResponsesAsChat result;
    result.body = chat.text();
    result.stream = request["stream"].isTrue();
    result.context.repeated = repeated(request);
    return result;
}

} // namespace quaygate::dialects
