#include "gateway/dialects/chunk_shape.h"

namespace quaygate::dialects {

namespace {

/// Some servers write the time with a fraction.
qint64 wholeSeconds(const JsonView &time) {
    return time.isNumber() ? qint64(time.raw().toDouble()) : 0;
}

} // namespace

ChunkHead chunkHead(const JsonView &response) {
    QByteArray id = response["id"].string();
    if (id.startsWith("resp_"))
        id = id.sliced(5);
    ChunkHead head;
    head.id = "chatcmpl-" + id;
    head.created = wholeSeconds(response["created_at"]);
    if (response["model"].isString())
        head.modelLiteral = response["model"].raw().toByteArray();
    return head;
}

ObjectText chatObject(const ChunkHead &head, QByteArrayView object) {
    return ObjectText()
        .string("id", head.id)
        .string("object", object)
        .number("created", head.created)
        .raw("model", head.modelLiteral);
}

QByteArray finishReason(const JsonView &response, bool hasToolCalls) {
    QByteArray reason = response["incomplete_details"]["reason"].string();
    if (reason == "max_output_tokens")
        return "length";
    if (reason == "content_filter")
        return reason;
    return hasToolCalls ? "tool_calls" : "stop";
}

QByteArray chatUsageText(const JsonView &usage) {
    if (!usage.isObject())
        return "null";
    const auto number = [](const JsonView &value) { return value.integer().value_or(0); };
    const qint64 input = number(usage["input_tokens"]);
    const qint64 output = number(usage["output_tokens"]);
    const QByteArray inputDetails =
        ObjectText()
            .number("cached_tokens", number(usage["input_tokens_details"]["cached_tokens"]))
            .text();
    const QByteArray outputDetails =
        ObjectText()
            .number("reasoning_tokens", number(usage["output_tokens_details"]["reasoning_tokens"]))
            .text();
    return ObjectText()
        .number("prompt_tokens", input)
        .number("completion_tokens", output)
        .number("total_tokens", input + output)
        .raw("prompt_tokens_details", inputDetails)
        .raw("completion_tokens_details", outputDetails)
        .text();
}

} // namespace quaygate::dialects
