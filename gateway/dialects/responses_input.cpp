#include "gateway/dialects/responses_input.h"

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/refused.h"
#include "gateway/dialects/response_shape.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

Error typeRefused(const JsonView &value, const QByteArray &where) {
    return refused(
        where + ".type",
        u"“%1” cannot be sent to a deployment that speaks chat completions only; leave it "
        "out, or use a deployment that speaks responses."_s.arg(
            QString::fromUtf8(value["type"].string())));
}

Result<void> addImage(ChatContent &content, const JsonView &part, const QByteArray &where) {
    if (!part["image_url"].isString())
        return refused(where + ".image_url",
                       u"a chat completions deployment takes an image as a URL or as data only; "
                       "uploaded files cannot be sent to it."_s);
    const JsonView detail = part["detail"];
    content.addImage(part["image_url"].raw(), detail.isString() ? detail.raw() : QByteArrayView());
    return {};
}

Result<void> addFile(ChatContent &content, const JsonView &part, const QByteArray &where) {
    if (!part["file_data"].isString())
        return refused(where + ".file_data",
                       u"a chat completions deployment takes a file as data "
                       "only; uploaded and linked files cannot be sent to it."_s);
    ObjectText file;
    file.rawIf("filename", part["filename"]);
    file.raw("file_data", part["file_data"].raw());
    content.addPart(ObjectText().string("type", "file").raw("file", file.text()).text());
    return {};
}

Result<void> addPart(ChatContent &content, const JsonView &part, const QByteArray &where) {
    const QByteArray type = part["type"].string();
    const bool isText = type == "input_text" || type == "output_text" || type == "text";
    if (isText && part["text"].isString())
        content.addText(part["text"].raw());
    else if (type == "refusal" && part["refusal"].isString())
        content.addPart(refusalPart(part["refusal"].raw()));
    else if (type == "input_image")
        return addImage(content, part, where);
    else if (type == "input_file")
        return addFile(content, part, where);
    else
        return typeRefused(part, where);
    return {};
}

Result<void> addParts(ChatContent &content, const JsonView &parts, const QByteArray &where) {
    if (parts.isString())
        content.addText(parts.raw());
    qsizetype index = 0;
    for (const JsonView &part : parts.elements()) {
        if (auto added = addPart(content, part, elementPath(where, index++)); !added)
            return added;
    }
    return {};
}

} // namespace

Result<void> ResponsesInput::addInstructions(const JsonView &instructions) {
    if (instructions.isPresent() && !instructions.isString())
        return refused("instructions", u"it must be a text."_s);
    if (!instructions.inside().isEmpty())
        m_messages.append(chatMessage("system", instructions.raw().toByteArray()));
    return {};
}

Result<void> ResponsesInput::addInput(const JsonView &input) {
    if (input.isString()) {
        m_messages.append(chatMessage("user", input.raw().toByteArray()));
        return {};
    }
    if (!input.isArray())
        return refused("input", u"a text or a list of items is required."_s);
    qsizetype index = 0;
    for (const JsonView &item : input.elements()) {
        if (auto added = addItem(item, elementPath("input", index++)); !added)
            return added;
    }
    return {};
}

QByteArrayList ResponsesInput::chatMessages() {
    endTurn();
    return m_messages;
}

Result<void> ResponsesInput::addItem(const JsonView &item, const QByteArray &where) {
    const QByteArray type = item["type"].string();
    if (type == "message" || (type.isEmpty() && item["role"].isString()))
        return addMessage(item, where);
    if (type == "function_call")
        return addCall(item, where);
    if (type == "function_call_output")
        return addCallOutput(item, where);
    if (type == "reasoning") // the chat API cannot take it back
        return {};
    return typeRefused(item, where);
}

Result<void> ResponsesInput::addMessage(const JsonView &item, const QByteArray &where) {
    const QByteArray role = item["role"].string();
    endTurn();
    if (role == "assistant")
        return addParts(m_said, item["content"], where + ".content");
    if (role != "user" && role != "system" && role != "developer")
        return refused(where + ".role", u"it must be user, assistant, system or developer."_s);
    ChatContent content;
    if (auto added = addParts(content, item["content"], where + ".content"); !added)
        return added;
    // Older models do not know “developer”, and the two must not be mixed.
    m_messages.append(chatMessage(role == "user" ? "user" : "system", content.json()));
    return {};
}

Result<void> ResponsesInput::addCall(const JsonView &item, const QByteArray &where) {
    if (!item["call_id"].isString() || !item["name"].isString() || !item["arguments"].isString())
        return refused(where, u"a function_call needs call_id, name and arguments."_s);
    if (!m_images.isEmpty())
        endTurn();
    ObjectText function;
    function.raw("name", item["name"].raw()).raw("arguments", item["arguments"].raw());
    m_calls.append(ObjectText()
                       .raw("id", item["call_id"].raw())
                       .string("type", "function")
                       .raw("function", function.text())
                       .text());
    return {};
}

Result<void> ResponsesInput::addCallOutput(const JsonView &item, const QByteArray &where) {
    const JsonView callId = item["call_id"];
    if (!callId.isString())
        return refused(where + ".call_id", u"it must name the call that was answered."_s);
    ChatContent images =
        std::exchange(m_images, {}); // of the outputs before, which wait for the last
    endTurn();
    QByteArrayList texts;
    const JsonView output = item["output"];
    if (output.isString())
        texts.append(output.inside().toByteArray());
    qsizetype index = 0;
    for (const JsonView &part : output.elements()) {
        const QByteArray path = elementPath(where + ".output", index++);
        if (part["text"].isString()) {
            texts.append(part["text"].inside().toByteArray());
        } else if (part["type"].string() == "input_image") {
            images.addText(literal("The image that the tool call " + callId.inside().toByteArray() +
                                   " returned:"));
            if (auto added = addImage(images, part, path); !added)
                return added;
        } else {
            return typeRefused(part, path);
        }
    }
    m_messages.append(toolMessage(callId.raw(), literal(texts.join("\\n"))));
    m_images = images;
    return {};
}

/// The message that the model is in, or the images that its tools returned, are complete.
void ResponsesInput::endTurn() {
    if (!m_said.isEmpty() || !m_calls.isEmpty()) {
        ObjectText message;
        message.string("role", "assistant");
        message.raw("content", m_said.isEmpty() ? "null"_ba : m_said.json());
        if (!m_calls.isEmpty())
            message.raw("tool_calls", arrayText(m_calls));
        m_messages.append(message.text());
    }
    if (!m_images.isEmpty())
        m_messages.append(chatMessage("user", m_images.json()));
    m_said = {};
    m_calls.clear();
    m_images = {};
}

} // namespace quaygate::dialects
