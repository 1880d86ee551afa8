#include "gateway/dialects/chat_input.h"

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/refused.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

Error typeRefused(const JsonView &value, const QByteArray &where) {
    return refused(
        where + ".type",
        u"“%1” cannot be sent to a deployment that speaks responses only; leave it out, or "
        "use a deployment that speaks chat completions."_s.arg(
            QString::fromUtf8(value["type"].string())));
}

QByteArray textPart(QByteArrayView type, const JsonView &text) {
    return ObjectText().string("type", type).raw("text", text.raw()).text();
}

QByteArray imagePart(const JsonView &image) {
    ObjectText part;
    part.string("type", "input_image").rawIf("image_url", image["url"]);
    return part.rawIf("detail", image["detail"]).text();
}

QByteArray filePart(const JsonView &file) {
    ObjectText part;
    part.string("type", "input_file");
    for (const QByteArrayView member : {"filename", "file_data", "file_id"})
        part.rawIf(member, file[member]);
    return part.text();
}

/// `textType` tells whether the model has said it, or is to read it.
Result<QByteArray> partOf(const JsonView &part, QByteArrayView textType, const QByteArray &where) {
    const QByteArray type = part["type"].string();
    if (type == "text" && part["text"].isString())
        return textPart(textType, part["text"]);
    if (type == "refusal" && part["refusal"].isString())
        return ObjectText().string("type", "refusal").raw("refusal", part["refusal"].raw()).text();
    if (type == "image_url" && part["image_url"]["url"].isString())
        return imagePart(part["image_url"]);
    if (type == "file" && part["file"].isObject())
        return filePart(part["file"]);
    return typeRefused(part, where);
}

Result<QByteArray> contentOf(const JsonView &content, QByteArrayView textType,
                             const QByteArray &where) {
    if (content.isString())
        return content.raw().toByteArray();
    QByteArrayList parts;
    for (const JsonView &part : content.elements()) {
        const Result<QByteArray> translated =
            partOf(part, textType, elementPath(where, parts.size()));
        if (!translated)
            return translated.error();
        parts.append(*translated);
    }
    return arrayText(parts);
}

QByteArray messageItem(QByteArrayView role, QByteArrayView content) {
    return ObjectText().string("role", role).raw("content", content).text();
}

Result<void> addCalls(QByteArrayList &items, const JsonView &calls, const QByteArray &where) {
    qsizetype index = 0;
    for (const JsonView &call : calls.elements()) {
        const JsonView function = call["function"];
        if (!function["name"].isString() || !call["id"].isString())
            return typeRefused(call, elementPath(where, index));
        ++index;
        ObjectText item;
        item.string("type", "function_call").raw("call_id", call["id"].raw());
        item.raw("name", function["name"].raw());
        item.raw("arguments", literal(function["arguments"].inside()));
        items.append(item.text());
    }
    return {};
}

Result<void> addAssistant(QByteArrayList &items, const JsonView &message, const QByteArray &where) {
    const JsonView content = message["content"];
    if (!content.inside().isEmpty() || (content.isArray() && !content.isEmptyArray())) {
        const Result<QByteArray> said = contentOf(content, "output_text", where + ".content");
        if (!said)
            return said.error();
        items.append(messageItem("assistant", *said));
    } else if (!message["refusal"].inside().isEmpty()) {
        const QByteArray part =
            ObjectText().string("type", "refusal").raw("refusal", message["refusal"].raw()).text();
        items.append(messageItem("assistant", arrayText({part})));
    }
    if (message["function_call"].isPresent())
        return refused(where + ".function_call",
                       u"this old form of a call is not known to a "
                       "deployment that speaks responses; use tool_calls."_s);
    return addCalls(items, message["tool_calls"], where + ".tool_calls");
}

Result<void> addToolResult(QByteArrayList &items, const JsonView &message,
                           const QByteArray &where) {
    if (!message["tool_call_id"].isString())
        return refused(where + ".tool_call_id", u"it must name the call that was answered."_s);
    const JsonView content = message["content"];
    QByteArrayList texts;
    if (content.isString())
        texts.append(content.inside().toByteArray());
    for (const JsonView &part : content.elements()) {
        if (!part["text"].isString())
            return typeRefused(part, elementPath(where + ".content", texts.size()));
        texts.append(part["text"].inside().toByteArray());
    }
    items.append(ObjectText()
                     .string("type", "function_call_output")
                     .raw("call_id", message["tool_call_id"].raw())
                     .raw("output", literal(texts.join("\\n")))
                     .text());
    return {};
}

Result<void> addMessage(QByteArrayList &items, const JsonView &message, const QByteArray &where) {
    const QByteArray role = message["role"].string();
    if (role == "assistant")
        return addAssistant(items, message, where);
    if (role == "tool")
        return addToolResult(items, message, where);
    if (role != "user" && role != "system" && role != "developer")
        return refused(where + ".role",
                       u"it must be user, assistant, system, developer or tool."_s);
    const Result<QByteArray> content =
        contentOf(message["content"], "input_text", where + ".content");
    if (!content)
        return content.error();
    items.append(messageItem(role, *content));
    return {};
}

} // namespace

Result<QByteArrayList> inputItems(const JsonView &messages) {
    if (!messages.isArray() || messages.isEmptyArray())
        return refused("messages", u"at least one message is required."_s);
    QByteArrayList items;
    qsizetype index = 0;
    for (const JsonView &message : messages.elements()) {
        if (auto added = addMessage(items, message, elementPath("messages", index++)); !added)
            return added.error();
    }
    return items;
}

} // namespace quaygate::dialects
