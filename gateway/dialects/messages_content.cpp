#include "gateway/dialects/messages_content.h"

#include "gateway/dialects/chat_content.h"
#include "gateway/dialects/json_build.h"
#include "gateway/dialects/messages_blocks.h"
#include "gateway/dialects/refused.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

/// `null` where there is no text beside the calls of tools, as the chat API wants it.
QByteArray assistantMessage(const ChatContent &content, const QByteArrayList &toolCalls) {
    ObjectText message;
    message.string("role", "assistant");
    if (content.isEmpty() && !toolCalls.isEmpty())
        message.null("content");
    else
        message.raw("content", content.json());
    if (!toolCalls.isEmpty())
        message.raw("tool_calls", arrayText(toolCalls));
    return message.text();
}

/// The arguments of a call are a JSON text in a string: the input, to the byte.
QByteArray toolCall(const JsonView &block, ToolNames &names) {
    const JsonView input = block["input"];
    ObjectText function;
    function.string("name", names.shorten(block["name"].string()));
    function.string("arguments", input.isObject() ? input.raw() : QByteArrayView("{}"));
    return ObjectText()
        .raw("id", block["id"].raw())
        .string("type", "function")
        .raw("function", function.text())
        .text();
}

} // namespace

Result<void> MessagesContent::addSystem(const JsonView &system) {
    ChatContent content;
    if (system.isString() && !system.inside().isEmpty())
        content.addText(system.raw());
    qsizetype index = 0;
    for (const JsonView &block : system.elements()) {
        if (block["type"].string() != "text" || !block["text"].isString())
            return blockRefused(block, elementPath("system", index));
        content.addText(block["text"].raw());
        ++index;
    }
    if (!content.isEmpty())
        m_messages.append(chatMessage("system", content.json()));
    return {};
}

Result<void> MessagesContent::addMessages(const JsonView &messages) {
    if (!messages.isArray() || messages.isEmptyArray())
        return refused("messages", u"at least one message is required."_s);
    qsizetype index = 0;
    for (const JsonView &message : messages.elements()) {
        if (auto added = addMessage(message, elementPath("messages", index++)); !added)
            return added;
    }
    return {};
}

Result<void> MessagesContent::addMessage(const JsonView &message, const QByteArray &where) {
    const QByteArray role = message["role"].string();
    const JsonView content = message["content"];
    if (!content.isString() && !content.isArray())
        return refused(where + ".content", u"it must be a string or a list of blocks."_s);
    if (role == "user")
        return addUser(content, where + ".content");
    if (role == "assistant")
        return addAssistant(content, where + ".content");
    if (role == "system")
        return addSystem(content);
    return refused(where + ".role", u"it must be “user” or “assistant”."_s);
}

/// Results of tools must follow the call at once, so they come before what the user says.
Result<void> MessagesContent::addUser(const JsonView &content, const QByteArray &where) {
    if (content.isString()) {
        m_messages.append(chatMessage("user", content.raw().toByteArray()));
        return {};
    }
    ChatContent said;
    QByteArrayList system;
    qsizetype index = 0;
    bool hasResults = false;
    for (const JsonView &block : content.elements()) {
        const QByteArray path = elementPath(where, index++);
        const QByteArray type = block["type"].string();
        if (type == "mid_conv_system") {
            const auto before = m_messages.size();
            if (auto added = addSystem(block["content"]); !added)
                return added;
            if (m_messages.size() > before)
                system.append(m_messages.takeLast());
        } else if (type == "tool_result") {
            if (!block["tool_use_id"].isString())
                return refused(path + ".tool_use_id",
                               u"it must name the call that was answered."_s);
            const Result<ToolResult> result = readToolResult(block, path);
            if (!result)
                return result.error();
            m_messages.append(toolMessage(block["tool_use_id"].raw(), result->textLiteral));
            hasResults = true;
            for (const QByteArray &url : result->imageUrls) {
                said.addText(literal("The image that the tool call " +
                                     block["tool_use_id"].inside().toByteArray() + " returned:"));
                said.addImage(url);
            }
        } else if (auto added = addInputBlock(said, block, path); !added) {
            return added;
        }
    }
    if (!said.isEmpty() || (!hasResults && system.isEmpty()))
        m_messages.append(chatMessage("user", said.json()));
    m_messages.append(system);
    return {};
}

/// What the model thought in earlier turns is left out: the chat API cannot take it back.
Result<void> MessagesContent::addAssistant(const JsonView &content, const QByteArray &where) {
    ChatContent said;
    QByteArrayList toolCalls;
    if (content.isString())
        said.addText(content.raw());
    qsizetype index = 0;
    for (const JsonView &block : content.elements()) {
        const QByteArray path = elementPath(where, index++);
        const QByteArray type = block["type"].string();
        if (type == "text" && block["text"].isString()) {
            said.addText(block["text"].raw());
        } else if (type == "tool_use") {
            if (!block["id"].isString() || !block["name"].isString())
                return refused(path, u"a tool_use block needs an id and a name."_s);
            toolCalls.append(toolCall(block, m_names));
        } else if (type != "thinking" && type != "redacted_thinking") {
            return blockRefused(block, path);
        }
    }
    m_messages.append(assistantMessage(said, toolCalls));
    return {};
}

} // namespace quaygate::dialects
