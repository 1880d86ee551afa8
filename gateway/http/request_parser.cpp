#include "gateway/http/request_parser.h"

#include "gateway/http/http_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

RequestParser::RequestParser(RequestBounds bounds) : m_bounds(bounds) {
}

RequestParser::State RequestParser::feed(QByteArrayView bytes) {
    if (m_state == State::Refused)
        return m_state;
    // A large body goes straight to its place instead of through the input buffer.
    if (m_state == State::Body && m_position == m_input.size() &&
        (m_framing == Framing::Length || m_framing == Framing::ChunkData)) {
        const qsizetype direct = std::min<qint64>(m_remaining, bytes.size());
        m_request.body.append(bytes.first(direct));
        m_remaining -= direct;
        bytes = bytes.sliced(direct);
    }
    m_input.append(bytes);
    if (m_state != State::Complete)
        run();
    return m_state;
}

bool RequestParser::expectsContinue() const {
    return m_state == State::Body && m_expectsContinue && m_position == m_input.size() &&
           m_request.body.isEmpty();
}

HttpRequest RequestParser::take() {
    HttpRequest request = std::move(m_request);
    m_request = {};
    m_authority.clear();
    m_headBytes = 0;
    m_hasRequestLine = false;
    m_expectsContinue = false;
    m_state = State::Idle;
    compact();
    return request;
}

void RequestParser::run() {
    if (m_state == State::Idle && m_position < m_input.size())
        m_state = State::Head;
    while (m_state == State::Head && runHead()) {
    }
    while (m_state == State::Body && runBody()) {
    }
    compact();
}

/// One line of the head; false if more bytes are needed or the request was refused.
bool RequestParser::runHead() {
    const qint64 left = m_bounds.headerBytes - m_headBytes;
    const bool wantsRequestLine = !m_hasRequestLine;
    // The target has its own, smaller limit: method and version take at most 64 bytes more.
    const qint64 limit = wantsRequestLine ? std::min(left, m_bounds.targetBytes + 64) : left;
    const auto line = nextLine(limit, wantsRequestLine && limit < left ? 414 : 431);
    if (!line)
        return false;
    m_headBytes += line->size() + 2;
    if (wantsRequestLine)
        return line->isEmpty() || readRequestLine(*line); // RFC 9112, 2.2: skip an empty line
    return line->isEmpty() ? finishHead() : readHeader(*line);
}

std::optional<QByteArrayView> RequestParser::nextLine(qint64 limit, int statusIfLonger) {
    const qsizetype from = std::max(m_scanned, m_position);
    const qsizetype end = m_input.indexOf('\n', from);
    const qsizetype length = (end < 0 ? m_input.size() : end) - m_position;
    if (length > limit) {
        if (statusIfLonger == 414)
            refuse(414, ErrorCode::TargetTooLong,
                   u"The request target is longer than %1 bytes."_s.arg(m_bounds.targetBytes));
        else
            refuse(
                431, ErrorCode::HeadersTooLarge,
                u"Request line and headers are larger than %1 bytes."_s.arg(m_bounds.headerBytes));
        return std::nullopt;
    }
    if (end < 0) {
        m_scanned = m_input.size();
        return std::nullopt;
    }
    const QByteArrayView line = QByteArrayView(m_input).sliced(m_position, length);
    m_position = m_scanned = end + 1;
    if (line.isEmpty() || line.back() != '\r') {
        refuse(400, ErrorCode::BadRequest, u"A line ends with LF instead of CR LF."_s);
        return std::nullopt;
    }
    return line.chopped(1);
}

bool RequestParser::refuse(int status, ErrorCode code, const QString &message) {
    m_state = State::Refused;
    m_refusal = {status, {code, message, {}}};
    m_input.clear();
    m_position = m_scanned = 0;
    return false;
}

bool RequestParser::readRequestLine(QByteArrayView line) {
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0 || !isToken(line.first(first)))
        return refuse(400, ErrorCode::BadRequest, u"This is not an HTTP/1.1 request."_s);
    const QByteArrayView target = line.sliced(first + 1, second - first - 1);
    const QByteArrayView version = line.sliced(second + 1);
    if (version.size() != 8 || !version.startsWith("HTTP/") || version[6] != '.')
        return refuse(400, ErrorCode::BadRequest, u"This is not an HTTP/1.1 request."_s);
    if (version[5] != '1' || version[7] < '0' || version[7] > '9')
        return refuse(505, ErrorCode::BadRequest, u"Only HTTP/1.0 and HTTP/1.1 are spoken here."_s);
    if (target.size() > m_bounds.targetBytes)
        return refuse(414, ErrorCode::TargetTooLong,
                      u"The request target is longer than %1 bytes."_s.arg(m_bounds.targetBytes));
    m_request.method = line.first(first).toByteArray();
    m_request.minorVersion = version[7] == '0' ? 0 : 1;
    m_hasRequestLine = true;
    return readTarget(target);
}

bool RequestParser::readTarget(QByteArrayView target) {
    if (target.isEmpty() || !isTargetText(target))
        return refuse(400, ErrorCode::BadRequest,
                      u"The request target holds characters that must be percent-encoded."_s);
    if (target.front() == '/') {
        m_request.target = target.toByteArray();
        return true;
    }
    if (target == "*" && m_request.method == "OPTIONS") {
        m_request.target = "*"_ba;
        return true;
    }
    const qsizetype authority = target.indexOf("://");
    const QByteArray scheme =
        target.first(std::max<qsizetype>(authority, 0)).toByteArray().toLower();
    if (scheme != "http" && scheme != "https")
        return refuse(400, ErrorCode::BadRequest,
                      u"The request target must be a path: this is not a forward proxy."_s);
    const QByteArrayView rest = target.sliced(authority + 3);
    const auto pathAt = std::find_if(rest.begin(), rest.end(),
                                     [](char c) { return c == '/' || c == '?' || c == '#'; });
    m_authority = QByteArray(rest.begin(), pathAt - rest.begin());
    m_request.target = QByteArray(pathAt == rest.end() || *pathAt != '/' ? "/" : "");
    m_request.target.append(&*pathAt, rest.end() - pathAt);
    return !m_authority.isEmpty() ||
           refuse(400, ErrorCode::BadRequest, u"The request target names no host."_s);
}

bool RequestParser::readHeader(QByteArrayView line) {
    if (line.front() == ' ' || line.front() == '\t')
        return refuse(400, ErrorCode::BadRequest,
                      u"Folded header lines are obsolete and refused."_s);
    const qsizetype colon = headerNameSize(line);
    if (colon == 0)
        return refuse(400, ErrorCode::BadRequest, u"A header line has no proper name."_s);
    const QByteArrayView value = trimBlanks(line.sliced(colon + 1));
    if (!isFieldText(value))
        return refuse(400, ErrorCode::BadRequest, u"A header value holds control characters."_s);
    m_request.headers.append(line.first(colon), value);
    return true;
}

bool RequestParser::finishHead() {
    m_state = State::Body;
    readConnection();
    if (!readHost() || !readLengths())
        return false;
    const auto expectation = m_request.headers.find("Expect");
    m_expectsContinue = false;
    if (expectation && m_request.minorVersion > 0) {
        if (!sameHeader(*expectation, "100-continue"))
            return refuse(417, ErrorCode::BadRequest,
                          u"Only `Expect: 100-continue` is understood."_s);
        m_expectsContinue = true;
    }
    return true;
}

bool RequestParser::readHost() {
    const qsizetype count = m_request.headers.count("Host");
    if (count > 1)
        return refuse(400, ErrorCode::BadRequest, u"There is more than one Host header."_s);
    if (count == 0 && m_request.minorVersion > 0)
        return refuse(400, ErrorCode::BadRequest, u"The Host header is missing."_s);
    // RFC 9112, 3.2.2: the authority of an absolute-form target replaces what Host says.
    if (!m_authority.isEmpty())
        m_request.headers.set("Host"_ba, m_authority);
    const auto host = m_request.headers.find("Host");
    if (host && !isAuthority(*host))
        return refuse(400, ErrorCode::BadRequest, u"The Host header is not a host name."_s);
    return true;
}

bool RequestParser::readLengths() {
    const HeaderList &headers = m_request.headers;
    const qsizetype lengths = headers.count("Content-Length");
    const qsizetype codings = headers.count("Transfer-Encoding");
    if (lengths + codings > 1)
        return refuse(400, ErrorCode::BadRequest,
                      u"The length of the body is given more than once."_s);
    if (codings == 1) {
        if (m_request.minorVersion == 0)
            return refuse(400, ErrorCode::BadRequest, u"HTTP/1.0 has no Transfer-Encoding."_s);
        if (!sameHeader(*headers.find("Transfer-Encoding"), "chunked"))
            return refuse(501, ErrorCode::BadRequest,
                          u"The only transfer coding understood is `chunked`."_s);
        m_framing = Framing::ChunkSize;
        m_remaining = 0;
        return true;
    }
    m_framing = Framing::Length;
    m_remaining = 0;
    if (lengths == 0)
        return true;
    const QByteArrayView text = *headers.find("Content-Length");
    if (!isNumber(text))
        return refuse(400, ErrorCode::BadRequest, u"Content-Length is not a number."_s);
    bool fits = false;
    const qint64 length = text.toLongLong(&fits);
    if (!fits || length > m_bounds.bodyBytes)
        return refuse(413, ErrorCode::BodyTooLarge,
                      u"The body is larger than %1 bytes."_s.arg(m_bounds.bodyBytes));
    m_remaining = length;
    return true;
}

void RequestParser::readConnection() {
    m_keepAlive = m_request.minorVersion > 0;
    for (const Header &header : m_request.headers) {
        if (!sameHeader(header.name, "Connection"))
            continue;
        forEachListElement(header.value, [this](QByteArrayView option) {
            if (sameHeader(option, "close"))
                m_keepAlive = false;
            else if (sameHeader(option, "keep-alive") && m_request.minorVersion == 0)
                m_keepAlive = true;
        });
    }
}

/// One step of the body; false if more bytes are needed, the body is whole or was refused.
bool RequestParser::runBody() {
    switch (m_framing) {
    case Framing::Length:
        if (readData())
            m_state = State::Complete;
        return false;
    case Framing::ChunkSize:
        return readChunkSize();
    case Framing::ChunkData:
        if (!readData())
            return false;
        m_framing = Framing::ChunkEnd;
        return true;
    case Framing::ChunkEnd:
        return readChunkEnd();
    case Framing::Trailer:
        return readTrailer();
    }
    return false;
}

/// Moves bytes into the body; true once all that are due have come.
bool RequestParser::readData() {
    const qsizetype size = std::min<qint64>(m_remaining, m_input.size() - m_position);
    m_request.body.append(QByteArrayView(m_input).sliced(m_position, size));
    m_position += size;
    m_remaining -= size;
    return m_remaining == 0;
}

bool RequestParser::readChunkSize() {
    const auto line = nextLine(maxChunkLineBytes, 431);
    if (!line)
        return false;
    const auto size = chunkSize(*line);
    if (!size)
        return refuse(400, ErrorCode::BadRequest, u"A chunk of the body has no proper size."_s);
    if (*size > m_bounds.bodyBytes - m_request.body.size())
        return refuse(413, ErrorCode::BodyTooLarge,
                      u"The body is larger than %1 bytes."_s.arg(m_bounds.bodyBytes));
    m_remaining = *size;
    m_framing = *size == 0 ? Framing::Trailer : Framing::ChunkData;
    return true;
}

bool RequestParser::readChunkEnd() {
    if (m_input.size() - m_position < 2) {
        if (m_input.size() > m_position && m_input[m_position] != '\r')
            return refuse(400, ErrorCode::BadRequest, u"A chunk is longer than its size says."_s);
        return false;
    }
    if (m_input[m_position] != '\r' || m_input[m_position + 1] != '\n')
        return refuse(400, ErrorCode::BadRequest, u"A chunk is longer than its size says."_s);
    m_position += 2;
    m_scanned = m_position;
    m_framing = Framing::ChunkSize;
    return true;
}

/// Trailers are checked like headers and dropped: nothing here is decided by one.
bool RequestParser::readTrailer() {
    const auto line = nextLine(m_bounds.headerBytes - m_headBytes, 431);
    if (!line)
        return false;
    m_headBytes += line->size() + 2;
    if (line->isEmpty()) {
        m_state = State::Complete;
        return false;
    }
    const qsizetype colon = headerNameSize(*line);
    if (colon == 0 || !isFieldText(line->sliced(colon + 1)))
        return refuse(400, ErrorCode::BadRequest, u"A trailer line is not a header."_s);
    return true;
}

/// Drops what has been read, so that a long-lived connection keeps no old bytes.
void RequestParser::compact() {
    if (m_position == m_input.size())
        m_input.clear();
    else if (m_position > 0)
        m_input.remove(0, m_position);
    m_scanned = std::max<qsizetype>(0, m_scanned - m_position);
    m_position = 0;
}

} // namespace quaygate
