#include "gateway/dialects/messages_stream.h"

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/messages_error.h"

namespace quaygate::dialects {

namespace {

ObjectText event(QByteArrayView type) {
    return ObjectText().string("type", type);
}

} // namespace

QByteArray MessagesStream::heartbeat() const {
    return hasBegun() && !isFinished() ? eventText("ping", event("ping").text()) : QByteArray();
}

void MessagesStream::begin(const Head &head) {
    ChatUsage usage;
    usage.prompt = m_context.estimatedInputTokens;
    const QByteArray message = ObjectText()
                                   .string("id", messageId(head.id, m_context))
                                   .string("type", "message")
                                   .string("role", "assistant")
                                   .string("model", m_context.model)
                                   .raw("content", "[]")
                                   .null("stop_reason")
                                   .null("stop_sequence")
                                   .raw("usage", messagesUsage(usage))
                                   .text();
    send("message_start", event("message_start").raw("message", message).text());
    send("ping", event("ping").text());
}

void MessagesStream::openPart(const Part &part) {
    m_kind = part.kind;
    ObjectText block;
    switch (part.kind) {
    case PartKind::Thinking:
        block.string("type", "thinking").string("thinking", "").string("signature", "");
        break;
    case PartKind::ToolCall:
        block.string("type", "tool_use")
            .string("id", part.id)
            .string("name", m_context.toolNames.original(part.name))
            .raw("input", "{}");
        break;
    case PartKind::Refusal:
        m_refused = true;
        [[fallthrough]];
    case PartKind::Text:
        block.string("type", "text").string("text", "");
        break;
    }
    send("content_block_start", event("content_block_start")
                                    .number("index", m_index)
                                    .raw("content_block", block.text())
                                    .text());
}

void MessagesStream::addToPart(QByteArrayView inside) {
    ObjectText delta;
    if (m_kind == PartKind::Thinking)
        delta.string("type", "thinking_delta").raw("thinking", literal(inside));
    else if (m_kind == PartKind::ToolCall)
        delta.string("type", "input_json_delta").raw("partial_json", literal(inside));
    else
        delta.string("type", "text_delta").raw("text", literal(inside));
    send("content_block_delta",
         event("content_block_delta").number("index", m_index).raw("delta", delta.text()).text());
}

void MessagesStream::closePart() {
    send("content_block_stop", event("content_block_stop").number("index", m_index++).text());
}

void MessagesStream::complete(const Ending &ending) {
    const QByteArray finish = m_refused ? "content_filter" : ending.finishReason;
    const QByteArray delta = ObjectText()
                                 .string("stop_reason", stopReason(finish, ending.hasToolCalls))
                                 .null("stop_sequence")
                                 .text();
    ChatUsage usage = ending.usage;
    if (!usage.known) // an upstream that cannot be asked for it
        usage.prompt = m_context.estimatedInputTokens;
    send("message_delta",
         event("message_delta").raw("delta", delta).raw("usage", messagesUsage(usage)).text());
    send("message_stop", event("message_stop").text());
}

void MessagesStream::sendError(const UpstreamError &error) {
    send("error", streamErrorAsMessages(error));
}

} // namespace quaygate::dialects
