#include "gateway/dialects/response_shape.h"

namespace quaygate::dialects {

namespace {

QByteArray usageText(const ChatUsage &usage) {
    const QByteArray input = ObjectText().number("cached_tokens", usage.cached).text();
    const QByteArray output = ObjectText().number("reasoning_tokens", usage.reasoning).text();
    return ObjectText()
        .number("input_tokens", usage.prompt)
        .raw("input_tokens_details", input)
        .number("output_tokens", usage.completion)
        .raw("output_tokens_details", output)
        .number("total_tokens", usage.prompt + usage.completion)
        .text();
}

} // namespace

ResponseHead responseHead(QByteArrayView chatId, qint64 created, const ResponseContext &context) {
    if (chatId.startsWith("chatcmpl-"))
        chatId = chatId.sliced(9);
    return {chatId.isEmpty() ? context.fallbackId : chatId.toByteArray(), created};
}

ResponseEnding responseEnding(QByteArrayView finishReason) {
    if (finishReason == "length")
        return {"incomplete", "max_output_tokens", {}};
    if (finishReason == "content_filter")
        return {"incomplete", "content_filter", {}};
    return {"completed", {}, {}};
}

QByteArray messageItem(const QByteArray &id, QByteArrayView status, const QByteArrayList &parts) {
    return ObjectText()
        .string("id", id)
        .string("type", "message")
        .string("status", status)
        .string("role", "assistant")
        .raw("content", arrayText(parts))
        .text();
}

QByteArray reasoningItem(const QByteArray &id, const QByteArrayList &summary) {
    return ObjectText()
        .string("id", id)
        .string("type", "reasoning")
        .raw("summary", arrayText(summary))
        .text();
}

QByteArray functionCallItem(const QByteArray &id, QByteArrayView status, QByteArrayView callId,
                            QByteArrayView name, const QByteArray &argumentsLiteral) {
    return ObjectText()
        .string("id", id)
        .string("type", "function_call")
        .string("status", status)
        .string("call_id", callId)
        .string("name", name)
        .raw("arguments", argumentsLiteral)
        .text();
}

QByteArray outputTextPart(QByteArrayView textLiteral) {
    return ObjectText()
        .string("type", "output_text")
        .raw("text", textLiteral)
        .raw("annotations", "[]")
        .raw("logprobs", "[]")
        .text();
}

QByteArray refusalPart(QByteArrayView textLiteral) {
    return ObjectText().string("type", "refusal").raw("refusal", textLiteral).text();
}

QByteArray summaryPart(QByteArrayView textLiteral) {
    return ObjectText().string("type", "summary_text").raw("text", textLiteral).text();
}

QByteArray responseObject(const ResponseHead &head, const ResponseEnding &ending,
                          const QByteArrayList &output, const ChatUsage &usage,
                          const ResponseContext &context) {
    QByteArray incomplete = "null";
    if (!ending.incompleteReason.isEmpty())
        incomplete = ObjectText().string("reason", ending.incompleteReason).text();
    return ObjectText()
        .string("id", "resp_" + head.tail)
        .string("object", "response")
        .number("created_at", head.createdAt)
        .string("status", ending.status)
        .raw("error", ending.error.isEmpty() ? QByteArrayView("null") : ending.error)
        .raw("incomplete_details", incomplete)
        .members(context.repeated)
        .raw("output", arrayText(output))
        .raw("usage", usage.known ? usageText(usage) : QByteArray("null"))
        .text();
}

} // namespace quaygate::dialects
