#include "gateway/dialects/responses_stream.h"

#include "gateway/dialects/json_build.h"

namespace quaygate::dialects {

namespace {

using PartKind = ChatStream::PartKind;

constexpr qsizetype mostKept = qsizetype(32) * 1024 * 1024;

/// What the events of a part are called.
struct PartNames {
    const char *added; ///< null: a call, which has no parts
    const char *delta;
    const char *done;
    const char *closed;
    const char *index; ///< of the part in its item
    const char *whole; ///< the text in `done`
};

constexpr PartNames textNames = {"response.content_part.added",
                                 "response.output_text.delta",
                                 "response.output_text.done",
                                 "response.content_part.done",
                                 "content_index",
                                 "text"};
constexpr PartNames refusalNames = {
    "response.content_part.added", "response.refusal.delta", "response.refusal.done",
    "response.content_part.done",  "content_index",          "refusal"};
constexpr PartNames thinkingNames = {"response.reasoning_summary_part.added",
                                     "response.reasoning_summary_text.delta",
                                     "response.reasoning_summary_text.done",
                                     "response.reasoning_summary_part.done",
                                     "summary_index",
                                     "text"};
constexpr PartNames callNames = {nullptr,
                                 "response.function_call_arguments.delta",
                                 "response.function_call_arguments.done",
                                 nullptr,
                                 nullptr,
                                 "arguments"};

const PartNames &namesOf(PartKind kind) {
    switch (kind) {
    case PartKind::Thinking:
        return thinkingNames;
    case PartKind::Refusal:
        return refusalNames;
    case PartKind::ToolCall:
        return callNames;
    case PartKind::Text:
        break;
    }
    return textNames;
}

QByteArrayView idPrefix(PartKind kind) {
    if (kind == PartKind::ToolCall)
        return "fc_";
    return kind == PartKind::Thinking ? "rs_" : "msg_";
}

} // namespace

void ResponsesStream::begin(const Head &head) {
    m_head = responseHead(head.id, head.created, m_context);
    sendResponse("response.created", {});
    sendResponse("response.in_progress", {});
}

void ResponsesStream::openPart(const Part &part) {
    m_part = part;
    m_inside.clear();
    sendItem("response.output_item.added", item("in_progress"));
    const PartNames &names = namesOf(part.kind);
    if (names.added)
        sendEvent(names.added, ofPart().raw("part", partText()));
}

void ResponsesStream::addToPart(QByteArrayView inside) {
    m_kept += inside.size();
    if (m_kept > mostKept) {
        fail("The answer is too long to be translated.");
        return;
    }
    m_inside.append(inside);
    ObjectText members = ofPart();
    members.raw("delta", literal(inside));
    if (m_part.kind == PartKind::Text)
        members.raw("logprobs", "[]");
    sendEvent(namesOf(m_part.kind).delta, members);
}

void ResponsesStream::closePart() {
    const PartNames &names = namesOf(m_part.kind);
    ObjectText members = ofPart();
    members.raw(names.whole, literal(m_inside));
    if (m_part.kind == PartKind::Text)
        members.raw("logprobs", "[]");
    sendEvent(names.done, members);
    if (names.closed)
        sendEvent(names.closed, ofPart().raw("part", partText()));
    const QByteArray whole = item("completed");
    sendItem("response.output_item.done", whole);
    m_items.append(whole);
}

void ResponsesStream::complete(const Ending &ending) {
    const ResponseEnding end = responseEnding(ending.finishReason);
    sendResponse("response." + end.status, end, ending.usage);
}

/// Clients expect that a response was created before it fails.
void ResponsesStream::sendError(const UpstreamError &error) {
    if (!hasBegun())
        begin({});
    const bool tooMany = error.code == "429" || error.code.contains("rate_limit");
    ResponseEnding ending{"failed", {}, {}};
    ending.error = ObjectText()
                       .string("code", tooMany ? "rate_limit_exceeded" : "server_error")
                       .string("message", error.message)
                       .text();
    sendResponse("response.failed", ending);
}

ObjectText ResponsesStream::ofPart() const {
    ObjectText members;
    members.string("item_id", itemId()).number("output_index", m_items.size());
    if (const char *index = namesOf(m_part.kind).index)
        members.number(index, 0);
    return members;
}

void ResponsesStream::sendEvent(const QByteArray &type, const ObjectText &members) {
    ObjectText event;
    event.string("type", type).number("sequence_number", m_sequence++).members(members);
    send(type, event.text());
}

void ResponsesStream::sendItem(const QByteArray &type, const QByteArray &item) {
    sendEvent(type, ObjectText().number("output_index", m_items.size()).raw("item", item));
}

void ResponsesStream::sendResponse(const QByteArray &type, const ResponseEnding &ending,
                                   const ChatUsage &usage) {
    sendEvent(type, ObjectText().raw("response",
                                     responseObject(m_head, ending, m_items, usage, m_context)));
}

QByteArray ResponsesStream::itemId() const {
    return idPrefix(m_part.kind).toByteArray() + m_head.tail + '_' +
           QByteArray::number(m_items.size());
}

QByteArray ResponsesStream::item(QByteArrayView status) const {
    const bool begins = status == "in_progress";
    const QByteArrayList parts = begins ? QByteArrayList() : QByteArrayList{partText()};
    if (m_part.kind == PartKind::ToolCall)
        return functionCallItem(itemId(), status, m_part.id, m_part.name, literal(m_inside));
    if (m_part.kind == PartKind::Thinking)
        return reasoningItem(itemId(), parts);
    return messageItem(itemId(), status, parts);
}

QByteArray ResponsesStream::partText() const {
    if (m_part.kind == PartKind::Thinking)
        return summaryPart(literal(m_inside));
    return m_part.kind == PartKind::Refusal ? refusalPart(literal(m_inside))
                                            : outputTextPart(literal(m_inside));
}

} // namespace quaygate::dialects
