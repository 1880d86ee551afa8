#include "gateway/dialects/response_to_chat.h"

#include "gateway/dialects/chunk_shape.h"
#include "gateway/dialects/upstream_error.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

/// The parts of all output items, still escaped.
struct Output {
    QByteArray text;
    QByteArray refusal;
    QByteArrayList thoughts;
    QByteArrayList calls; ///< JSON
};

QByteArray toolCall(const JsonView &item) {
    const QByteArray function = ObjectText()
                                    .raw("name", literal(item["name"].inside()))
                                    .raw("arguments", literal(item["arguments"].inside()))
                                    .text();
    return ObjectText()
        .raw("id", literal(item["call_id"].inside()))
        .string("type", "function")
        .raw("function", function)
        .text();
}

Output readOutput(const JsonView &items) {
    Output output;
    for (const JsonView &item : items.elements()) {
        if (item["type"].string() == "function_call")
            output.calls.append(toolCall(item));
        for (const JsonView &part : item["summary"].elements())
            output.thoughts.append(part["text"].inside().toByteArray());
        if (item["type"].string() != "message")
            continue;
        for (const JsonView &part : item["content"].elements()) {
            output.text.append(part["text"].inside());
            output.refusal.append(part["refusal"].inside());
        }
    }
    return output;
}

QByteArray messageOf(const Output &output) {
    const auto textOrNull = [](const QByteArray &inside) {
        return inside.isEmpty() ? "null"_ba : literal(inside);
    };
    ObjectText message;
    message.string("role", "assistant");
    message.raw("content", textOrNull(output.text));
    message.raw("refusal", textOrNull(output.refusal));
    if (!output.thoughts.isEmpty())
        message.raw("reasoning_content", literal(output.thoughts.join("\\n\\n")));
    if (!output.calls.isEmpty())
        message.raw("tool_calls", arrayText(output.calls));
    return message.text();
}

} // namespace

Result<QByteArray> responseToChat(QByteArrayView response) {
    const JsonDocument document(response);
    const JsonView root = document.isObject() ? document.root() : JsonView();
    if (root["error"].isPresent()) {
        const UpstreamError error = readUpstreamError(root);
        return Error{ErrorCode::UpstreamProtocol, QString::fromUtf8(error.message),
                     QString::fromUtf8(error.code)};
    }
    if (!root["output"].isArray())
        return Error{ErrorCode::UpstreamProtocol,
                     u"The upstream's answer is no response; check that the deployment speaks "
                     "responses."_s,
                     document.error().message};
    const Output output = readOutput(root["output"]);
    const QByteArray choice =
        ObjectText()
            .number("index", 0)
            .raw("message", messageOf(output))
            .null("logprobs")
            .string("finish_reason", finishReason(root, !output.calls.isEmpty()))
            .text();
    return chatObject(chunkHead(root), "chat.completion")
        .raw("choices", arrayText({choice}))
        .raw("usage", chatUsageText(root["usage"]))
        .text();
}

} // namespace quaygate::dialects
