#include "gateway/http/sse_reader.h"

#include <cstring>
#include <utility>

namespace quaygate {

namespace {

constexpr QByteArrayView byteOrderMark{"\xEF\xBB\xBF"};

/// The position of the first CR or LF, or the size.
qsizetype lineEnd(QByteArrayView bytes) {
    if (bytes.isEmpty())
        return 0;
    const auto *begin = bytes.data();
    const auto *lf = static_cast<const char *>(std::memchr(begin, '\n', size_t(bytes.size())));
    const qsizetype toLf = lf ? lf - begin : bytes.size();
    const auto *cr = static_cast<const char *>(std::memchr(begin, '\r', size_t(toLf)));
    return cr ? cr - begin : toLf;
}

} // namespace

SseReader::SseReader(std::function<void(const Event &)> onEvent, qsizetype maxEventBytes)
    : m_onEvent(std::move(onEvent)), m_maxEventBytes(maxEventBytes) {
}

void SseReader::feed(QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        // CR LF is one end of line, even when it is cut in two.
        if (std::exchange(m_lastWasCr, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1);
            continue;
        }
        const qsizetype end = lineEnd(bytes);
        if (end == bytes.size()) {
            if (m_dropping)
                m_lineHasBytes = true;
            else if (fits(end))
                m_rest.append(bytes);
            return;
        }
        m_lastWasCr = bytes[end] == '\r';
        endLine(bytes.first(end));
        bytes = bytes.sliced(end + 1);
    }
}

/// `tail` is the last piece of a line; what came before is in `m_rest`.
void SseReader::endLine(QByteArrayView tail) {
    if (!m_dropping && fits(tail.size())) {
        if (m_rest.isEmpty()) {
            line(tail);
        } else {
            m_rest.append(tail);
            const QByteArray whole = std::exchange(m_rest, {});
            line(whole);
        }
        return;
    }
    const bool blank = !std::exchange(m_lineHasBytes, false) && tail.isEmpty();
    if (blank)
        m_dropping = false;
}

void SseReader::line(QByteArrayView text) {
    if (std::exchange(m_atStart, false) && text.startsWith(byteOrderMark))
        text = text.sliced(byteOrderMark.size());
    if (text.isEmpty()) {
        dispatch();
        return;
    }
    const qsizetype colon = text.indexOf(':');
    const QByteArrayView field = colon < 0 ? text : text.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : text.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (field == "data") {
        if (m_hasData)
            m_event.data.append('\n');
        m_event.data.append(value);
        m_hasData = true;
    } else if (field == "event") {
        m_event.type = value.toByteArray();
    }
}

void SseReader::dispatch() {
    const Event event = std::exchange(m_event, {});
    if (std::exchange(m_hasData, false))
        m_onEvent(event);
}

/// Whether the event may grow by so many bytes; if not, it is dropped from here to its end.
bool SseReader::fits(qsizetype more) {
    if (m_rest.size() + m_event.data.size() + m_event.type.size() + more <= m_maxEventBytes)
        return true;
    m_overflowed = true;
    m_dropping = true;
    m_lineHasBytes = !m_rest.isEmpty() || more > 0;
    m_rest.clear();
    m_event = {};
    m_hasData = false;
    return false;
}

} // namespace quaygate
