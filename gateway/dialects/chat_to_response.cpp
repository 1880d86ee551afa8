#include "gateway/dialects/chat_to_response.h"

#include "gateway/dialects/chat_content.h"
#include "gateway/dialects/json_view.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

QByteArrayList contentParts(const JsonView &message) {
    QByteArrayList parts;
    const JsonView content = message["content"];
    if (!content.inside().isEmpty())
        parts.append(outputTextPart(content.raw()));
    for (const JsonView &part : content.elements()) {
        if (!part["text"].inside().isEmpty())
            parts.append(outputTextPart(part["text"].raw()));
    }
    if (!message["refusal"].inside().isEmpty())
        parts.append(refusalPart(message["refusal"].raw()));
    return parts;
}

QByteArrayList outputItems(const JsonView &message, const QByteArray &tail, QByteArrayView status) {
    QByteArrayList items;
    const JsonView thought = thoughtOf(message);
    if (!thought.inside().isEmpty())
        items.append(reasoningItem("rs_" + tail, {summaryPart(thought.raw())}));
    if (const QByteArrayList parts = contentParts(message); !parts.isEmpty())
        items.append(messageItem("msg_" + tail, status, parts));
    for (const JsonView &call : message["tool_calls"].elements()) {
        const JsonView function = call["function"];
        const QByteArray id = "fc_" + tail + '_' + QByteArray::number(items.size());
        items.append(functionCallItem(id, status, call["id"].string(), function["name"].string(),
                                      literal(function["arguments"].inside())));
    }
    return items;
}

} // namespace

Result<QByteArray> chatToResponse(QByteArrayView chat, const ResponseContext &context) {
    const JsonDocument document(chat);
    const JsonView root = document.isObject() ? document.root() : JsonView();
    const auto choices = root["choices"].elements();
    if (choices.empty())
        return Error{ErrorCode::UpstreamProtocol,
                     u"The upstream's answer is no chat completion; check that the deployment is a "
                     "chat model."_s,
                     document.error().message};
    const ResponseEnding ending = responseEnding(choices.front()["finish_reason"].string());
    const ResponseHead head =
        responseHead(root["id"].string(), root["created"].integer().value_or(0), context);
    const QByteArrayList output = outputItems(choices.front()["message"], head.tail, ending.status);
    return responseObject(head, ending, output, readChatUsage(root["usage"]), context);
}

} // namespace quaygate::dialects
