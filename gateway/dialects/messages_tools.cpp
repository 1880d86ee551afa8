#include "gateway/dialects/messages_tools.h"

#include "gateway/dialects/refused.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

Result<QByteArray> chatTool(const JsonView &tool, const QByteArray &where, ToolNames &names) {
    const QByteArray type = tool["type"].string();
    if (!type.isEmpty() && type != "custom")
        return refused(where + ".type",
                       u"the tool “%1” is built into Claude and has no counterpart on a chat "
                       "completions deployment; leave it out, or use a Claude deployment."_s.arg(
                           QString::fromUtf8(type)));
    if (!tool["name"].isString())
        return refused(where + ".name", u"a tool needs a name."_s);
    ObjectText function;
    function.string("name", names.shorten(tool["name"].string()));
    function.rawIf("description", tool["description"]);
    function.rawIf("parameters", tool["input_schema"]);
    function.rawIf("strict", tool["strict"]);
    return ObjectText().string("type", "function").raw("function", function.text()).text();
}

/// Empty if the client left it to the model, which is what no choice means.
Result<QByteArray> chatToolChoice(const JsonView &choice, ToolNames &names) {
    const QByteArray type = choice["type"].string();
    if (!choice.isPresent())
        return QByteArray();
    if (type == "auto" || type == "none")
        return quoted(type);
    if (type == "any")
        return "\"required\""_ba;
    if (type == "tool" && choice["name"].isString()) {
        ObjectText function;
        function.string("name", names.shorten(choice["name"].string()));
        return ObjectText().string("type", "function").raw("function", function.text()).text();
    }
    return refused("tool_choice", u"its type must be auto, any, none, or tool with a name."_s);
}

} // namespace

Result<void> addTools(ObjectText &chat, const JsonView &request, ToolNames &names) {
    QByteArrayList tools;
    for (const JsonView &tool : request["tools"].elements()) {
        const Result<QByteArray> translated =
            chatTool(tool, elementPath("tools", tools.size()), names);
        if (!translated)
            return translated.error();
        tools.append(*translated);
    }
    const JsonView choice = request["tool_choice"];
    const Result<QByteArray> translated = chatToolChoice(choice, names);
    if (!translated)
        return translated.error();
    if (tools.isEmpty()) // without tools the chat API refuses an empty list and a choice alike
        return {};
    chat.raw("tools", arrayText(tools));
    if (!translated->isEmpty())
        chat.raw("tool_choice", *translated);
    if (choice["disable_parallel_tool_use"].isTrue())
        chat.boolean("parallel_tool_calls", false);
    return {};
}

} // namespace quaygate::dialects
