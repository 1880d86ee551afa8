#include "gateway/dialects/chat_content.h"

#include "gateway/dialects/json_build.h"

namespace quaygate::dialects {

void ChatContent::addText(QByteArrayView literal) {
    const QByteArray text = literal.toByteArray();
    addPart(ObjectText().string("type", "text").raw("text", text).text());
    if (m_parts.size() == 1)
        m_onlyText = text;
}

void ChatContent::addImage(QByteArrayView urlLiteral, QByteArrayView detailLiteral) {
    ObjectText image;
    image.raw("url", urlLiteral);
    if (!detailLiteral.isEmpty())
        image.raw("detail", detailLiteral);
    addPart(ObjectText().string("type", "image_url").raw("image_url", image.text()).text());
}

void ChatContent::addPart(const QByteArray &part) {
    m_parts.append(part);
    m_onlyText.clear();
}

QByteArray ChatContent::json() const {
    if (m_parts.isEmpty())
        return "\"\"";
    return m_onlyText.isEmpty() ? arrayText(m_parts) : m_onlyText;
}

QByteArray chatMessage(QByteArrayView role, const QByteArray &content) {
    return ObjectText().string("role", role).raw("content", content).text();
}

JsonView thoughtOf(const JsonView &message) {
    const JsonView thought = message["reasoning_content"];
    return thought.isPresent() ? thought : message["reasoning"];
}

QByteArray toolMessage(QByteArrayView callIdLiteral, const QByteArray &textLiteral) {
    return ObjectText()
        .string("role", "tool")
        .raw("tool_call_id", callIdLiteral)
        .raw("content", textLiteral)
        .text();
}

} // namespace quaygate::dialects
