#include "gateway/rules/sse_frames.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace quaygate {

namespace {

constexpr QByteArrayView byteOrderMark{"\xEF\xBB\xBF"};

/// The place of the first CR or LF, or the size.
qsizetype lineEnd(QByteArrayView bytes) {
    if (bytes.isEmpty())
        return 0;
    const char *const begin = bytes.data();
    const void *const lf = std::memchr(begin, '\n', static_cast<size_t>(bytes.size()));
    const qsizetype toLf = lf ? static_cast<const char *>(lf) - begin : bytes.size();
    const void *const cr = std::memchr(begin, '\r', static_cast<size_t>(toLf));
    return cr ? static_cast<const char *>(cr) - begin : toLf;
}

} // namespace

void SseFrames::feed(QByteArrayView bytes, const std::function<void(QByteArrayView frame)> &take) {
    qsizetype begin = 0;
    qsizetype at = 0;
    while (at < bytes.size() && !m_overflowed) {
        if (std::exchange(m_lastWasCr, false) && bytes[at] == '\n') {
            ++at;
            if (m_rest.isEmpty() && begin == at - 1) { // the CR has ended an event
                take(bytes.sliced(begin, 1));
                begin = at;
            }
            continue;
        }
        const qsizetype end = at + lineEnd(bytes.sliced(at));
        if (end == bytes.size()) {
            m_lineHasBytes = true;
            break;
        }
        const bool blank = end == at && !std::exchange(m_lineHasBytes, false);
        m_lineHasBytes = false;
        m_lastWasCr = bytes[end] == '\r';
        at = end + 1;
        if (!blank)
            continue;
        const QByteArrayView tail = bytes.sliced(begin, at - begin);
        begin = at;
        if (m_rest.isEmpty()) {
            take(tail);
        } else {
            m_rest.append(tail);
            take(std::exchange(m_rest, {}));
        }
    }
    if (m_rest.size() + bytes.size() - begin > longest)
        m_overflowed = true;
    if (m_overflowed)
        m_rest.clear();
    else
        m_rest.append(bytes.sliced(begin));
}

QByteArray SseFrames::takeRest() {
    m_lineHasBytes = false;
    m_lastWasCr = false;
    return std::exchange(m_rest, {});
}

void readData(QByteArrayView frame, bool isFirst, SseData &data) {
    qsizetype at = isFirst && frame.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    while (at < frame.size()) {
        const qsizetype end = at + lineEnd(frame.sliced(at));
        QByteArrayView line = frame.sliced(at, end - at);
        at = end + 1;
        if (!line.startsWith("data:"))
            continue;
        line = line.sliced(line.startsWith("data: ") ? 6 : 5);
        if (++data.lines == 1) {
            data.text = line;
            data.begin = line.data() - frame.data();
            continue;
        }
        if (data.lines == 2)
            data.joined = data.text.toByteArray();
        data.joined += '\n';
        data.joined.append(line);
    }
    if (data.lines > 1)
        data.text = data.joined;
}

QByteArray SseData::withText(QByteArrayView frame, const QByteArray &other) const {
    QByteArray out;
    out.reserve(frame.size() + other.size());
    if (lines == 1)
        return out.append(frame.first(begin))
            .append(other)
            .append(frame.sliced(begin + text.size()));
    for (qsizetype at = 0; at < frame.size();) {
        const qsizetype end = at + lineEnd(frame.sliced(at));
        const qsizetype next = end + (frame.sliced(end).startsWith("\r\n") ? 2 : 1);
        const QByteArrayView line = frame.sliced(at, std::min(next, frame.size()) - at);
        const bool isFirst = begin >= at && begin <= end;
        if (isFirst)
            out.append(frame.sliced(at, begin - at))
                .append(QByteArray(other).replace('\n', ' '))
                .append(line.sliced(end - at));
        else if (!line.startsWith("data:"))
            out.append(line);
        at = next;
    }
    return out;
}

} // namespace quaygate
