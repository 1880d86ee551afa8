#include "gateway/dialects/chat_to_messages.h"

#include "gateway/dialects/chat_content.h"
#include "gateway/dialects/json_build.h"
#include "gateway/dialects/json_view.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

QByteArray textBlock(QByteArrayView textLiteral) {
    return ObjectText().string("type", "text").raw("text", textLiteral).text();
}

QByteArray thinkingBlock(QByteArrayView textLiteral) {
    return ObjectText()
        .string("type", "thinking")
        .raw("thinking", textLiteral)
        .string("signature", "")
        .text();
}

QByteArray inputOf(const JsonView &arguments) {
    QByteArray text = arguments.string().trimmed();
    if (text.isEmpty())
        return "{}";
    if (JsonDocument(text).isObject())
        return text;
    return ObjectText().raw("INVALID_JSON", arguments.raw()).text();
}

QByteArray toolUseBlock(const JsonView &call, const MessagesContext &context) {
    const JsonView function = call["function"];
    return ObjectText()
        .string("type", "tool_use")
        .raw("id", call["id"].isString() ? call["id"].raw() : QByteArrayView("\"\""))
        .string("name", context.toolNames.original(function["name"].string()))
        .raw("input", inputOf(function["arguments"]))
        .text();
}

void addText(QByteArrayList &blocks, const JsonView &text) {
    if (!text.inside().isEmpty())
        blocks.append(textBlock(text.raw()));
}

/// Some models answer with a list of parts instead of a string.
void addContent(QByteArrayList &blocks, const JsonView &content) {
    addText(blocks, content);
    for (const JsonView &part : content.elements())
        addText(blocks, part["text"]);
}

} // namespace

Result<QByteArray> chatToMessage(QByteArrayView chat, const MessagesContext &context) {
    const JsonDocument document(chat);
    const JsonView root = document.isObject() ? document.root() : JsonView();
    const auto choices = root["choices"].elements();
    if (choices.empty())
        return Error{ErrorCode::UpstreamProtocol,
                     u"The upstream's answer is no chat completion; check that the deployment is a "
                     "chat model."_s,
                     document.error().message};
    const JsonView message = choices.front()["message"];
    QByteArrayList blocks;
    const JsonView thought = thoughtOf(message);
    if (!thought.inside().isEmpty())
        blocks.append(thinkingBlock(thought.raw()));
    addContent(blocks, message["content"]);
    addText(blocks, message["refusal"]);
    const auto calls = message["tool_calls"].elements();
    for (const JsonView &call : calls)
        blocks.append(toolUseBlock(call, context));

    const bool refused = !message["refusal"].inside().isEmpty();
    const QByteArray finish =
        refused ? "content_filter"_ba : choices.front()["finish_reason"].string();
    return ObjectText()
        .string("id", messageId(root["id"].string(), context))
        .string("type", "message")
        .string("role", "assistant")
        .string("model", context.model)
        .raw("content", arrayText(blocks))
        .string("stop_reason", stopReason(finish, !calls.empty()))
        .null("stop_sequence")
        .raw("usage", messagesUsage(readChatUsage(root["usage"])))
        .text();
}

} // namespace quaygate::dialects
