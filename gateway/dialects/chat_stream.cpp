#include "gateway/dialects/chat_stream.h"

#include "gateway/dialects/chat_content.h"

#include <algorithm>
#include <utility>

namespace quaygate::dialects {

namespace {

constexpr qsizetype mostWaiting = qsizetype(16) * 1024 * 1024;
constexpr size_t mostCalls = 1024;

} // namespace

void ChatStream::take(const JsonView &chunk) {
    if (chunk["error"].isPresent()) {
        fail(readUpstreamError(chunk));
        return;
    }
    if (chunk["usage"].isObject())
        m_ending.usage = readChatUsage(chunk["usage"]);
    const auto choices = chunk["choices"].elements();
    if (!m_begun && !choices.empty()) {
        m_begun = true;
        m_head = {chunk["id"].string(), chunk["created"].integer().value_or(0),
                  chunk["model"].string()};
        begin(m_head);
    }
    for (const JsonView &choice : choices) {
        if (choice["index"].integer().value_or(0) != 0 || isFinished())
            continue;
        takeDelta(choice["delta"]);
        const JsonView reason = choice["finish_reason"];
        // A filter that comes late overrules the finish that the model made.
        if (reason.isString())
            m_ending.finishReason = reason.string();
    }
}

void ChatStream::takeDelta(const JsonView &delta) {
    takeText(PartKind::Thinking, thoughtOf(delta));
    takeText(PartKind::Text, delta["content"]);
    for (const JsonView &part : delta["content"].elements())
        takeText(PartKind::Text, part["text"]);
    takeText(PartKind::Refusal, delta["refusal"]);
    for (const JsonView &piece : delta["tool_calls"].elements()) {
        if (!isFinished())
            takeCall(piece);
    }
}

void ChatStream::takeText(PartKind kind, const JsonView &text) {
    if (text.inside().isEmpty())
        return;
    if (!m_partOpen || m_openKind != kind) {
        closeCalls();
        closeOpenPart();
        openPart({kind, {}, {}});
        m_partOpen = true;
        m_openKind = kind;
    }
    addToPart(text.inside());
}

void ChatStream::takeCall(const JsonView &piece) {
    Call &call = callOf(piece);
    const JsonView function = piece["function"];
    if (call.id.isEmpty())
        call.id = piece["id"].string();
    if (call.name.isEmpty())
        call.name = function["name"].string();
    const QByteArrayView arguments = function["arguments"].inside();
    call.waiting.append(arguments);
    m_waitingBytes += arguments.size();
    if (m_calls.size() > mostCalls || m_waitingBytes > mostWaiting)
        fail("The upstream mixes more tool calls than can be put in order.");
    else if (call.closed && !arguments.isEmpty())
        fail("The upstream went on with a tool call after the text that followed it.");
    else
        sendCurrentCall();
}

/// By its index; but some servers give none, and some give every call the same.
ChatStream::Call &ChatStream::callOf(const JsonView &piece) {
    const QByteArray id = piece["id"].string();
    const auto index = piece["index"].integer();
    if (!index && id.isEmpty() && !m_calls.empty())
        return m_calls.back();
    const auto known =
        std::find_if(m_callOfIndex.rbegin(), m_callOfIndex.rend(), [&](const auto &entry) {
            return index ? entry.first == *index : m_calls[entry.second].id == id;
        });
    if (known != m_callOfIndex.rend()) {
        Call &call = m_calls[known->second];
        if (id.isEmpty() || call.id.isEmpty() || call.id == id)
            return call;
    }
    m_callOfIndex.emplace_back(index.value_or(-1), m_calls.size());
    return m_calls.emplace_back();
}

/// The call that is next in order is sent as it comes; the others wait.
void ChatStream::sendCurrentCall() {
    if (m_currentCall >= m_calls.size() || m_calls[m_currentCall].name.isEmpty())
        return;
    Call &call = m_calls[m_currentCall];
    if (!m_partOpen || m_openKind != PartKind::ToolCall) {
        closeOpenPart();
        openPart({PartKind::ToolCall, call.id, call.name});
        m_partOpen = true;
        m_openKind = PartKind::ToolCall;
    }
    m_waitingBytes -= call.waiting.size();
    if (!call.waiting.isEmpty())
        addToPart(std::exchange(call.waiting, {}));
}

void ChatStream::closeOpenPart() {
    if (std::exchange(m_partOpen, false))
        closePart();
}

void ChatStream::closeCalls() {
    for (; m_currentCall < m_calls.size(); ++m_currentCall) {
        sendCurrentCall();
        if (m_partOpen && m_openKind == PartKind::ToolCall)
            closeOpenPart();
        m_calls[m_currentCall].closed = true;
    }
}

void ChatStream::takeEnd() {
    if (m_ending.finishReason.isEmpty())
        fail("The upstream ended the answer before it was complete.");
    else
        completeOnce();
}

void ChatStream::completeOnce() {
    if (!std::exchange(m_begun, true))
        begin(m_head);
    closeCalls();
    closeOpenPart();
    m_ending.hasToolCalls = !m_calls.empty();
    finish();
    complete(m_ending);
}

} // namespace quaygate::dialects
