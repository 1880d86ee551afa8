#pragma once

#include "gateway/http/exchange.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace quaygate {

/// Why a request is refused, and with which status. The connection is closed after the answer.
struct RequestRefusal {
    int status = 400;
    Error error;
};

/// What one request may take, in bytes.
struct RequestBounds {
    qint64 headerBytes = 64 * 1024;
    qint64 targetBytes = 16 * 1024;
    qint64 bodyBytes = 64 * 1024 * 1024;
};

/// Reads HTTP/1 requests from a byte stream, in pieces of any size: RFC 9112, strictly. What two
/// readers might understand differently (both kinds of length, bare CR or LF, folded headers,
/// spaces before a colon, …) is refused, never guessed. Pure: no socket, no clock, no thread.
class RequestParser {
public:
    enum class State {
        Idle,     ///< between requests, nothing of the next one has come
        Head,     ///< inside the request line and headers
        Body,     ///< the head is read, the body is not
        Complete, ///< `take` gives the request; what follows it waits
        Refused,  ///< see `refusal`; the rest of the stream is meaningless
    };

    explicit RequestParser(RequestBounds bounds = {});

    /// Takes all bytes; reads on until a request is complete or refused.
    State feed(QByteArrayView bytes);

    State state() const { return m_state; }
    const RequestRefusal &refusal() const { return m_refusal; }

    /// True if the client waits for "100 Continue" before it sends the body, of which nothing has
    /// come.
    bool expectsContinue() const;

    /// The client wants the connection kept after the answer. Valid from Body on.
    bool keepAlive() const { return m_keepAlive; }

    /// The bytes that wait behind the complete request: pipelined ones.
    qsizetype waitingBytes() const { return m_input.size() - m_position; }

    /// The complete request. The parser is Idle afterwards; `feed({})` goes on with what waits.
    HttpRequest take();

private:
    /// Where inside a body the reader stands.
    enum class Framing { Length, ChunkSize, ChunkData, ChunkEnd, Trailer };

    void run();
    bool runHead();
    bool runBody();
    bool readChunkSize();
    bool readChunkEnd();
    bool readTrailer();
    bool readData();

    /// The next line without its CRLF; nothing if it is not whole yet or was refused.
    std::optional<QByteArrayView> nextLine(qint64 limit, int statusIfLonger);
    bool refuse(int status, ErrorCode code, const QString &message);
    bool readRequestLine(QByteArrayView line);
    bool readTarget(QByteArrayView target);
    bool readHeader(QByteArrayView line);
    bool finishHead();
    bool readLengths();
    bool readHost();
    void readConnection();
    void compact();

    RequestBounds m_bounds;
    State m_state = State::Idle;
    RequestRefusal m_refusal;
    HttpRequest m_request;
    QByteArray m_authority; ///< of an absolute-form target

    QByteArray m_input;
    qsizetype m_position = 0; ///< of the first byte not yet read
    qsizetype m_scanned = 0;  ///< no line ends before this byte

    qint64 m_headBytes = 0;
    bool m_hasRequestLine = false;
    bool m_keepAlive = true;
    bool m_expectsContinue = false;
    Framing m_framing = Framing::Length;
    qint64 m_remaining = 0; ///< of the body, or of the chunk
};

} // namespace quaygate
