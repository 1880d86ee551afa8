#include "gateway/http/http1_answer.h"

#include "gateway/http/http_text.h"

#include <algorithm>
#include <cstring>

namespace quaygate {

namespace {

/// Nobody's reason phrase is longer, and what is no HTTP at all is told by then.
constexpr qsizetype maxStatusLine = 8 * 1024;

bool mayBecomeStatusLine(QByteArrayView start) {
    constexpr QByteArrayView version("HTTP/1.");
    return version.startsWith(start.first(std::min(start.size(), version.size())));
}

} // namespace

Http1Answer::State Http1Answer::feed(QByteArrayView bytes) {
    while (m_state == State::Head && readHead(bytes)) {
    }
    while (m_state == State::Body && readBody(bytes)) {
    }
    if (m_state == State::Complete)
        m_waiting += bytes.size();
    return m_state;
}

Http1Answer::State Http1Answer::end() {
    if (m_state == State::Body && m_framing == Framing::UntilEnd)
        m_state = State::Complete;
    else if (m_state == State::Head)
        breakOff(UpstreamCause::Closed);
    else if (m_state == State::Body)
        breakOff(UpstreamCause::Cut);
    return m_state;
}

bool Http1Answer::breakOff(UpstreamCause cause) {
    m_state = State::Broken;
    m_cause = cause;
    return false;
}

/// Bytes are moved past the line; nothing if it is not whole yet, or has broken the answer. The
/// view is good until the next call.
std::optional<QByteArrayView> Http1Answer::nextLine(QByteArrayView &bytes, qsizetype limit,
                                                    UpstreamCause ifLonger) {
    const void *const found =
        bytes.isEmpty() ? nullptr : std::memchr(bytes.data(), '\n', std::size_t(bytes.size()));
    const qsizetype length =
        found ? static_cast<const char *>(found) - bytes.data() + 1 : bytes.size();
    if (m_part.size() + length > limit) {
        breakOff(ifLonger);
        return std::nullopt;
    }
    QByteArrayView line = bytes.first(length);
    bytes = bytes.sliced(length);
    if (!found || !m_part.isEmpty())
        m_part.append(line);
    if (!found)
        return std::nullopt;
    if (!m_part.isEmpty()) {
        m_line = std::exchange(m_part, {});
        line = m_line;
    }
    if (line.size() < 2 || line[line.size() - 2] != '\r') {
        breakOff(m_hasStatus ? UpstreamCause::BadFraming : UpstreamCause::NotHttp);
        return std::nullopt;
    }
    return line.chopped(2);
}

/// One line of the head; false if more bytes are needed, or it is over.
bool Http1Answer::readHead(QByteArrayView &bytes) {
    const qsizetype left = ResponseHead::maxBytes - m_headBytes;
    const qsizetype limit = m_hasStatus ? left : maxStatusLine;
    const bool isGarbage = !m_hasStatus;
    const auto line =
        nextLine(bytes, limit, isGarbage ? UpstreamCause::NotHttp : UpstreamCause::HeadTooLarge);
    if (!line)
        return m_inHead || m_state == State::Broken || mayBecomeStatusLine(m_part)
                   ? false
                   : breakOff(isGarbage ? UpstreamCause::NotHttp : UpstreamCause::BadFraming);
    m_headBytes += line->size() + 2;
    if (!m_inHead)
        return readStatusLine(*line);
    return line->isEmpty() ? finishHead() : readField(*line);
}

/// "HTTP/1.1 200 OK", or without the phrase.
bool Http1Answer::readStatusLine(QByteArrayView line) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    constexpr qsizetype statusAt = 9;
    constexpr qsizetype statusEnd = 12;
    const bool isGood =
        line.size() >= statusEnd && line.startsWith("HTTP/1.") && isDigit(line[7]) &&
        line[8] == ' ' && line[statusAt] >= '1' && isDigit(line[statusAt]) &&
        isDigit(line[statusAt + 1]) && isDigit(line[statusAt + 2]) &&
        (line.size() == statusEnd || line[statusEnd] == ' ') && isFieldText(line.sliced(statusEnd));
    if (!isGood)
        return breakOff(m_hasStatus ? UpstreamCause::BadFraming : UpstreamCause::NotHttp);
    m_hasStatus = m_inHead = true;
    m_isOld = line[7] == '0';
    m_head.begin((line[statusAt] - '0') * 100 + (line[statusAt + 1] - '0') * 10 +
                 (line[statusAt + 2] - '0'));
    return true;
}

bool Http1Answer::readField(QByteArrayView line) {
    if (line.front() == ' ' || line.front() == '\t') {
        if (m_head.headers().isEmpty() || !isFieldText(line))
            return breakOff(UpstreamCause::BadFraming);
        m_head.extendLastField(trimBlanks(line));
        return true;
    }
    const qsizetype colon = headerNameSize(line);
    if (colon == 0 || !isFieldText(line.sliced(colon + 1)))
        return breakOff(UpstreamCause::BadFraming);
    m_head.field(line.first(colon), trimBlanks(line.sliced(colon + 1)));
    return true;
}

bool Http1Answer::finishHead() {
    m_inHead = false;
    const int status = m_head.status();
    if (status == 101)
        return beginUpgrade();
    if (status < 200)
        return true; // an interim answer: the next head follows
    m_bodiless = m_bodiless || status == 204 || status == 304;
    if (!readFraming())
        return false;
    m_head.complete();
    const bool isEmpty = m_bodiless || (m_framing == Framing::Length && m_remaining == 0);
    m_state = isEmpty ? State::Complete : State::Body;
    return false;
}

bool Http1Answer::beginUpgrade() {
    if (m_wanted != Wanted::Upgrade)
        return breakOff(UpstreamCause::BadFraming);
    m_framing = Framing::UntilEnd;
    m_keepAlive = false;
    m_head.complete();
    m_state = State::Body;
    return false;
}

/// RFC 9112, 6.3. A length is checked even where no body follows: a wrong one is no good sign.
bool Http1Answer::readFraming() {
    m_keepAlive = !m_isOld;
    std::optional<QByteArrayView> length;
    std::optional<QByteArrayView> coding;
    for (const Header &header : m_head.headers()) {
        std::optional<QByteArrayView> *known = nullptr;
        if (sameHeader(header.name, "Content-Length"))
            known = &length;
        else if (sameHeader(header.name, "Transfer-Encoding"))
            known = &coding;
        else if (sameHeader(header.name, "Connection"))
            readConnection(header.value);
        if (known && std::exchange(*known, header.value))
            return breakOff(UpstreamCause::BadFraming); // twice
    }
    if (length && coding)
        return breakOff(UpstreamCause::BadFraming);
    if (coding) {
        if (m_isOld || !sameHeader(*coding, "chunked"))
            return breakOff(UpstreamCause::BadFraming);
        m_framing = Framing::ChunkSize;
    } else if (length) {
        bool fits = false;
        m_remaining = length->toLongLong(&fits);
        if (!isNumber(*length) || !fits)
            return breakOff(UpstreamCause::BadFraming);
        m_framing = Framing::Length;
    } else {
        m_framing = m_bodiless ? Framing::Length : Framing::UntilEnd;
    }
    return true;
}

void Http1Answer::readConnection(QByteArrayView options) {
    forEachListElement(options, [this](QByteArrayView option) {
        if (sameHeader(option, "close"))
            m_keepAlive = false;
        else if (sameHeader(option, "keep-alive") && m_isOld)
            m_keepAlive = true;
    });
}

/// One step of the body; false if more bytes are needed, or it is over.
bool Http1Answer::readBody(QByteArrayView &bytes) {
    switch (m_framing) {
    case Framing::Length:
        if (readData(bytes))
            m_state = State::Complete;
        return false;
    case Framing::UntilEnd:
        m_body.append(std::exchange(bytes, {}));
        return false;
    case Framing::ChunkSize:
        return readChunkSize(bytes);
    case Framing::ChunkData:
        if (!readData(bytes))
            return false;
        m_framing = Framing::ChunkEnd;
        return true;
    case Framing::ChunkEnd:
        return readChunkEnd(bytes);
    case Framing::Trailer:
        return readTrailer(bytes);
    }
    return false;
}

/// Moves bytes into the body; true once all that are due have come.
bool Http1Answer::readData(QByteArrayView &bytes) {
    const qsizetype size = std::min<qint64>(m_remaining, bytes.size());
    m_body.append(bytes.first(size));
    bytes = bytes.sliced(size);
    m_remaining -= size;
    return m_remaining == 0;
}

bool Http1Answer::readChunkSize(QByteArrayView &bytes) {
    const auto line = nextLine(bytes, maxChunkLineBytes, UpstreamCause::BadFraming);
    if (!line)
        return false;
    const auto size = chunkSize(*line);
    if (!size)
        return breakOff(UpstreamCause::BadFraming);
    m_remaining = *size;
    m_framing = *size == 0 ? Framing::Trailer : Framing::ChunkData;
    return true;
}

bool Http1Answer::readChunkEnd(QByteArrayView &bytes) {
    const auto line = nextLine(bytes, 2, UpstreamCause::BadFraming);
    if (!line)
        return false;
    m_framing = Framing::ChunkSize;
    return true;
}

/// Trailers are checked like headers and dropped: nothing here is decided by one.
bool Http1Answer::readTrailer(QByteArrayView &bytes) {
    const auto line =
        nextLine(bytes, ResponseHead::maxBytes - m_headBytes, UpstreamCause::HeadTooLarge);
    if (!line)
        return false;
    m_headBytes += line->size() + 2;
    if (line->isEmpty()) {
        m_state = State::Complete;
        return false;
    }
    const qsizetype colon = headerNameSize(*line);
    if (colon == 0 || !isFieldText(line->sliced(colon + 1)))
        return breakOff(UpstreamCause::BadFraming);
    return true;
}

} // namespace quaygate
