#include "gateway/dialects/strict_openai_stream.h"

#include "gateway/dialects/strict_openai.h"

#include <algorithm>
#include <utility>

namespace quaygate::dialects {

namespace {

constexpr qsizetype longestFrame = qsizetype(16) * 1024 * 1024;

qsizetype lineEnd(QByteArrayView bytes) {
    const auto found =
        std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
    return found - bytes.begin();
}

/// The value of a data line, or null.
QByteArrayView dataOf(QByteArrayView line) {
    if (!line.startsWith("data:"))
        return {};
    line = line.sliced(5);
    return line.startsWith(' ') ? line.sliced(1) : line;
}

/// The bytes of an event: its data, and where that stands if it is in one line.
struct Frame {
    QByteArray data;
    qsizetype begin = -1;
    qsizetype end = 0;
    int dataLines = 0;
};

Frame readFrame(QByteArrayView bytes) {
    Frame frame;
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype length = lineEnd(bytes.sliced(at));
        const QByteArrayView data = dataOf(bytes.sliced(at, length));
        if (!data.isNull()) {
            if (frame.dataLines++ > 0)
                frame.data += '\n';
            frame.data.append(data);
            frame.begin = data.data() - bytes.data();
            frame.end = at + length;
        }
        at += std::min(length + 1, bytes.size() - at);
    }
    return frame;
}

/// The frame with other data; what was in several lines comes in one.
QByteArray withData(QByteArrayView bytes, const Frame &frame, const QByteArray &data) {
    if (frame.dataLines > 1)
        return "data: " + QByteArray(data).replace('\n', ' ') + "\n\n";
    return bytes.first(frame.begin).toByteArray() + data + bytes.sliced(frame.end).toByteArray();
}

} // namespace

QByteArray StrictOpenAiStream::feed(QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        // CR LF is one end of line: the LF belongs to the event that the CR ended.
        if (std::exchange(m_lastWasCr, false) && bytes.front() == '\n') {
            if (!m_frame.isEmpty())
                m_frame += '\n';
            else if (!m_dropped)
                m_out += '\n';
            bytes = bytes.sliced(1);
            continue;
        }
        const qsizetype end = lineEnd(bytes);
        const bool complete = end < bytes.size();
        m_frame.append(bytes.first(complete ? end + 1 : end));
        const bool blank = complete && end == 0 && m_lineIsEmpty;
        m_lineIsEmpty = complete;
        m_lastWasCr = complete && bytes[end] == '\r';
        bytes = bytes.sliced(complete ? end + 1 : end);
        m_passing = m_passing || m_frame.size() > longestFrame;
        if (m_passing)
            m_out += std::exchange(m_frame, {});
        if (blank)
            endFrame();
    }
    return std::exchange(m_out, {});
}

QByteArray StrictOpenAiStream::end() {
    return std::exchange(m_frame, {});
}

void StrictOpenAiStream::endFrame() {
    const QByteArray bytes = std::exchange(m_frame, {});
    m_dropped = false;
    if (std::exchange(m_passing, false))
        return;
    const Frame frame = readFrame(bytes);
    if (frame.dataLines == 0 || frame.data == "[DONE]") {
        m_out += bytes;
        return;
    }
    const StrictEvent event = strictOpenAiEvent(frame.data);
    m_dropped = event.dropped;
    if (!event.dropped)
        m_out += event.data == frame.data ? bytes : withData(bytes, frame, event.data);
}

} // namespace quaygate::dialects
