#include "gateway/rules/stream_guard.h"

#include "gateway/json/text_edits.h"
#include "gateway/rules/answer_events.h"
#include "gateway/rules/guard_body.h"
#include "gateway/rules/guard_texts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr size_t mostTexts = 1024;
/// Of the object that `response.created` tells.
constexpr qsizetype longestResponse = qsizetype(1024) * 1024;

QByteArrayView inside(QByteArrayView data, json::Span literal) {
    return data.sliced(literal.begin + 1, literal.end - literal.begin - 2);
}

/// The last event of an answer in the responses and messages APIs.
bool isLast(QByteArrayView type) {
    return type == "response.completed" || type == "response.incomplete" ||
           type == "message_delta" || type == "message_stop";
}

} // namespace

StreamGuard::StreamGuard(RuleDialect dialect, GuardSteps steps)
    : m_dialect(dialect), m_steps(std::move(steps)), m_tally(m_steps), m_repeated(m_steps) {
}

QByteArray StreamGuard::feed(QByteArrayView bytes) {
    if (!m_ended)
        m_frames.feed(bytes, [this](QByteArrayView frame) { takeFrame(frame); });
    if (m_frames.overflowed())
        endRejected(u"The answer holds an event that is too long for the guard of this gateway."_s);
    return std::exchange(m_out, {});
}

QByteArray StreamGuard::end() {
    const QByteArray rest = m_frames.takeRest();
    if (m_ended)
        return {};
    ++m_number;
    if (isCutOff(rest)) // a client drops it, and must get what is held before
        finishTexts([](const TextKey &) { return true; });
    if (!rest.isEmpty())
        takeFrame(rest);
    const auto holds = [](const std::unique_ptr<StreamText> &text) { return text->holds(); };
    if (!m_ended && !rest.isEmpty() && std::any_of(m_texts.begin(), m_texts.end(), holds))
        m_out.append("\n\n"); // what follows is another event
    finishTexts([](const TextKey &) { return true; });
    return std::exchange(m_out, {});
}

/// Whether an event that did not end lacks some of its data.
bool StreamGuard::isCutOff(QByteArrayView frame) const {
    SseData data;
    readData(frame, m_isFirst, data);
    StreamEvent event;
    return data.lines > 0 && data.text != "[DONE]" && !readStreamEvent(data.text, m_dialect, event);
}

QList<RuleVerdict> StreamGuard::verdicts() const {
    return (m_tally.foundNothing() ? m_repeated : m_tally).verdicts(u"answer"_s);
}

void StreamGuard::takeFrame(QByteArrayView frame) {
    if (m_ended)
        return;
    SseData data;
    readData(frame, std::exchange(m_isFirst, false), data);
    if (data.lines == 0) {
        m_out.append(frame);
        return;
    }
    const bool known = data.lines == 1 && m_shape.matches(data.text, m_event);
    if (!known) {
        m_event = {};
        m_shape = {};
        if (data.text == "[DONE]")
            m_event.isError = true; // nothing follows, as behind an error
        else if (!readStreamEvent(data.text, m_dialect, m_event))
            return takeUnread(frame, data);
        m_shape.learn(data.text, m_event);
    }
    takeData(frame, data, known);
}

/// `known`: the event has a piece of text and nothing else that counts.
void StreamGuard::takeData(QByteArrayView frame, const SseData &data, bool known) {
    const json::Span number = m_event.sequenceNumber;
    if (number.end > 0)
        m_number = data.text.sliced(number.begin, number.end - number.begin).toLongLong();
    json::TextEdits edits(data.text);
    takePieces(data.text, m_event, edits);
    if (!known) {
        takeRepeated(data.text, m_event, edits);
        finishTexts([this](const TextKey &key) { return ends(m_event, key); });
    }
    endIfRejected();
    if (m_ended)
        return;
    editRest(data.text, m_event, edits);
    if (edits.isEmpty())
        m_out.append(frame);
    else
        m_out.append(data.withText(frame, edits.applied()));
}

/// What is no JSON is a text like any other.
void StreamGuard::takeUnread(QByteArrayView frame, const SseData &data) {
    const QByteArray after = filtered(m_steps, m_tally, data.text);
    endIfRejected();
    if (!m_ended)
        m_out.append(after == data.text ? frame.toByteArray() : data.withText(frame, after));
}

void StreamGuard::takePieces(QByteArrayView data, const StreamEvent &event,
                             json::TextEdits &edits) {
    for (const TextPiece &piece : event.pieces) {
        StreamText *const text = textOf(piece);
        if (!text)
            return;
        const QByteArrayView before = inside(data, piece.literal);
        QByteArray after;
        bool same = text->passes(before, after);
        if (text->holds() && ends(event, piece.key)) {
            if (std::exchange(same, false))
                after.append(before);
            text->finish(after);
        }
        if (!same)
            edits.replace(piece.literal, '"' + after + '"');
        if (text->holds()) {
            text->lastEvent.resize(0);
            text->lastEvent.append(data);
        }
    }
}

/// Some events tell whole texts: once more, or those that come in no pieces.
void StreamGuard::takeRepeated(QByteArrayView data, const StreamEvent &event,
                               json::TextEdits &edits) {
    const bool tellsWhole =
        m_dialect == RuleDialect::Responses
            ? event.pieces.isEmpty() && !event.type.isEmpty()
            : event.type == "content_block_start" || event.type == "message_start";
    if (!tellsWhole)
        return;
    const json::Parsed parsed = json::parse(data);
    guardTexts(repeatedTexts(data, parsed.root), data, m_steps, m_repeated, edits);
    if (event.type != "response.created")
        return;
    const json::Node *const response = parsed.root.find("response");
    if (response && response->span.end - response->span.begin <= longestResponse)
        m_response = data.sliced(response->span.begin, response->span.end - response->span.begin)
                         .toByteArray();
}

/// Log probabilities and, where events were added, the number.
void StreamGuard::editRest(QByteArrayView data, const StreamEvent &event, json::TextEdits &edits) {
    for (const json::Span &span : event.logprobs) {
        edits.replace(span, data[span.begin] == '[' ? "[]" : "null");
    }
    if (m_added > 0 && event.sequenceNumber.end > 0)
        edits.replace(event.sequenceNumber, QByteArray::number(m_number + m_added));
}

bool StreamGuard::ends(const StreamEvent &event, const TextKey &key) const {
    if (event.isError || isLast(event.type))
        return true;
    if (m_dialect == RuleDialect::Messages)
        return event.type == "content_block_stop" && event.index == key.outer;
    if (m_dialect != RuleDialect::Responses)
        return event.finished.contains(key.outer);
    if (!event.type.endsWith(".done") || event.index != key.outer)
        return false;
    const bool ofAll =
        event.type == "response.output_item.done" || event.type == "response.content_part.done";
    return ofAll || (event.part == key.inner && event.type.chopped(5) + ".delta" == key.name);
}

/// Sends what is left of the texts, and forgets them.
void StreamGuard::finishTexts(const std::function<bool(const TextKey &)> &which) {
    const auto finishes = [&](const std::unique_ptr<StreamText> &text) {
        if (!which(text->key()))
            return false;
        QByteArray rest;
        if (text->holds())
            text->finish(rest);
        if (!rest.isEmpty() && !m_tally.rejected())
            m_out.append(
                restEvent(m_dialect, text->key(), text->lastEvent, rest, m_number + m_added++));
        return true;
    };
    if (m_ended)
        return;
    std::erase_if(m_texts, finishes);
    endIfRejected();
}

StreamText *StreamGuard::textOf(const TextPiece &piece) {
    for (const std::unique_ptr<StreamText> &text : m_texts) {
        if (text->key() == piece.key)
            return text.get();
    }
    if (m_texts.size() >= mostTexts) {
        endRejected(u"The answer has too many texts at once for the guard of this gateway."_s);
        return nullptr;
    }
    m_texts.push_back(std::make_unique<StreamText>(piece, m_steps, m_tally));
    return m_texts.back().get();
}

void StreamGuard::endIfRejected() {
    const auto rejection = m_tally.rejected() ? m_tally.rejection() : m_repeated.rejection();
    if (rejection)
        endRejected(rejection->message);
}

void StreamGuard::endRejected(const QString &message) {
    if (!std::exchange(m_ended, true))
        m_out.append(rejectionEvents(m_dialect, message, m_response, m_number + m_added));
}

} // namespace quaygate
