#include "gateway/dialects/chunk_stream.h"

#include <utility>

namespace quaygate::dialects {

namespace {

constexpr qsizetype mostCalls = 1024;

QByteArray errorText(const UpstreamError &error) {
    ObjectText text;
    text.string("message", error.message);
    // A bare event has “error” for its type, which says nothing.
    text.string("type",
                error.type.isEmpty() || error.type == "error" ? "server_error" : error.type);
    text.raw("param", error.param.isEmpty() ? QByteArray("null") : quoted(error.param));
    text.raw("code", error.code.isEmpty() ? QByteArray("null") : quoted(error.code));
    return ObjectText().raw("error", text.text()).text();
}

} // namespace

void ChunkStream::take(const JsonView &event) {
    const QByteArray type = event["type"].string();
    const JsonView delta = event["delta"];
    if (type == "response.created" || type == "response.in_progress")
        begin(event["response"]);
    else if (type == "response.output_text.delta")
        takeDelta("content", delta);
    else if (type == "response.refusal.delta")
        takeDelta("refusal", delta);
    else if (type == "response.reasoning_summary_text.delta" ||
             type == "response.reasoning_text.delta")
        takeDelta("reasoning_content", delta);
    else if (type == "response.reasoning_summary_part.added" &&
             event["summary_index"].integer().value_or(0) > 0)
        sendDelta(ObjectText().raw("reasoning_content", R"("\n\n")"));
    else if (type == "response.output_item.added" || type == "response.output_item.done")
        takeItem(event);
    else if (type == "response.function_call_arguments.delta")
        takeArguments(event, delta, false);
    else if (type == "response.function_call_arguments.done")
        takeArguments(event, event["arguments"], true);
    else if (type == "response.completed" || type == "response.incomplete")
        takeEnding(event["response"]);
    else if (type == "response.failed")
        fail(readUpstreamError(event["response"]));
    else if (type == "error" || event["error"].isPresent())
        fail(readUpstreamError(event));
}

void ChunkStream::takeEnd() {
    fail("The upstream ended the answer before it was complete.");
}

void ChunkStream::sendError(const UpstreamError &error) {
    send({}, errorText(error));
}

void ChunkStream::begin(const JsonView &response) {
    if (std::exchange(m_begun, true))
        return;
    m_head = chunkHead(response);
    sendDelta(ObjectText().string("role", "assistant").string("content", "").null("refusal"));
}

void ChunkStream::takeDelta(QByteArrayView member, const JsonView &delta) {
    if (!delta.inside().isEmpty())
        sendDelta(ObjectText().raw(member, delta.raw()));
}

/// A call begins with its name; the arguments may also come whole, with the end of the item.
void ChunkStream::takeItem(const JsonView &event) {
    const JsonView item = event["item"];
    if (item["type"].string() != "function_call")
        return;
    const qint64 place = event["output_index"].integer().value_or(0);
    if (!m_calls.contains(place)) {
        if (m_calls.size() >= mostCalls) {
            fail("The upstream makes more tool calls than can be translated.");
            return;
        }
        const int index = int(m_calls.size());
        m_calls.insert(place, {index, false});
        const QByteArray function =
            ObjectText().raw("name", literal(item["name"].inside())).string("arguments", "").text();
        const QByteArray call = ObjectText()
                                    .number("index", index)
                                    .raw("id", literal(item["call_id"].inside()))
                                    .string("type", "function")
                                    .raw("function", function)
                                    .text();
        sendDelta(ObjectText().raw("tool_calls", arrayText({call})));
    }
    if (event["type"].string() == "response.output_item.done")
        takeArguments(event, item["arguments"], true);
}

/// `whole`: they are all of the arguments, and nothing new if there were pieces before.
void ChunkStream::takeArguments(const JsonView &event, const JsonView &arguments, bool whole) {
    const auto call = m_calls.find(event["output_index"].integer().value_or(0));
    if (call == m_calls.end() || arguments.inside().isEmpty() || (whole && call->hasArguments))
        return;
    call->hasArguments = true;
    const QByteArray function = ObjectText().raw("arguments", arguments.raw()).text();
    const QByteArray piece =
        ObjectText().number("index", call->index).raw("function", function).text();
    sendDelta(ObjectText().raw("tool_calls", arrayText({piece})));
}

void ChunkStream::takeEnding(const JsonView &response) {
    begin(response);
    sendDelta({}, finishReason(response, !m_calls.isEmpty()));
    if (m_context.includeUsage)
        send({}, chatObject(m_head, "chat.completion.chunk")
                     .raw("choices", "[]")
                     .raw("usage", chatUsageText(response["usage"]))
                     .text());
    sendDone();
    finish();
}

void ChunkStream::sendDelta(const ObjectText &delta, QByteArrayView finishReason) {
    if (!m_begun)
        begin({});
    ObjectText choice;
    choice.number("index", 0).raw("delta", delta.text()).null("logprobs");
    choice.raw("finish_reason", finishReason.isEmpty() ? QByteArray("null") : quoted(finishReason));
    ObjectText chunk = chatObject(m_head, "chat.completion.chunk");
    chunk.raw("choices", arrayText({choice.text()}));
    if (m_context.includeUsage)
        chunk.null("usage");
    send({}, chunk.text());
}

} // namespace quaygate::dialects
