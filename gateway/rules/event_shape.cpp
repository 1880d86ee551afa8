#include "gateway/rules/event_shape.h"

#include "gateway/json/scanner.h"

#include <algorithm>
#include <cstring>

namespace quaygate {

namespace {

/// Longer ones are read each time.
constexpr qsizetype longestSample = 4096;

bool startsWith(QByteArrayView text, QByteArrayView beginning) {
    return text.size() >= beginning.size() &&
           std::memcmp(text.data(), beginning.data(), static_cast<size_t>(beginning.size())) == 0;
}

/// The size of the JSON string or number at the beginning of the text; 0: there is none.
qsizetype scalarSize(QByteArrayView text) {
    qsizetype size = 0;
    if (text.startsWith('"')) {
        size = 1;
        while (size < text.size() && text[size] != '"')
            size += text[size] == '\\' ? 2 : 1;
        ++size;
    } else {
        while (size < text.size() && text[size] >= '0' && text[size] <= '9')
            ++size;
    }
    if (size > text.size())
        return 0;
    json::Scanner scanner(text.first(size));
    const json::Scanner::Token token = scanner.next();
    const bool good =
        token == json::Scanner::Token::String || token == json::Scanner::Token::Number;
    return good && scanner.next() == json::Scanner::Token::End ? size : 0;
}

} // namespace

bool EventShape::matches(QByteArrayView data, StreamEvent &event) const {
    if (m_sample.isEmpty())
        return false;
    const QByteArrayView sample(m_sample);
    qsizetype at = 0;
    qsizetype from = 0;
    for (const Hole &hole : m_holes) {
        const QByteArrayView between = sample.sliced(from, hole.span.begin - from);
        if (!startsWith(data.sliced(at), between))
            return false;
        at += between.size();
        const bool isString = hole.part != Part::SequenceNumber;
        const qsizetype size = scalarSize(data.sliced(at));
        if (size == 0 || (data[at] == '"') != isString)
            return false;
        if (hole.part == Part::Text)
            event.pieces[0].literal = {at, at + size};
        else if (hole.part == Part::SequenceNumber)
            event.sequenceNumber = {at, at + size};
        at += size;
        from = hole.span.end;
    }
    const QByteArrayView tail = sample.sliced(from);
    return data.size() - at == tail.size() && startsWith(data.sliced(at), tail);
}

void EventShape::learn(QByteArrayView data, const StreamEvent &event) {
    m_sample.clear();
    m_holes.clear();
    if (event.pieces.size() != 1 || !event.logprobs.isEmpty() || !event.finished.isEmpty() ||
        event.isError || data.size() > longestSample)
        return;
    m_sample = data.toByteArray();
    m_holes.append({Part::Text, event.pieces[0].literal});
    if (event.sequenceNumber.end > 0)
        m_holes.append({Part::SequenceNumber, event.sequenceNumber});
    if (event.padding.end > 0)
        m_holes.append({Part::Padding, event.padding});
    std::sort(m_holes.begin(), m_holes.end(),
              [](const Hole &a, const Hole &b) { return a.span.begin < b.span.begin; });
}

} // namespace quaygate
