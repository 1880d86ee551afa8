#pragma once

#include "gateway/http/upstream_failure.h"
#include "gateway/http/upstream_head.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate {

/// Reads one HTTP/1 answer from a byte stream, in pieces of any size: RFC 9112, as strictly as
/// requests are read, for what two readers may understand differently could be one client's answer
/// in the place of another's. Only folded headers, which servers have long sent, are unfolded.
/// Pure: no socket, no clock, no thread.
class Http1Answer {
public:
    enum class State {
        Head,
        Body,
        Complete,
        Broken, ///< see `cause`; the rest of the stream is meaningless
    };

    /// What the request has asked for.
    enum class Wanted {
        Body,
        HeadOnly, ///< it was a HEAD
        Upgrade,  ///< another protocol, which an answer of 101 begins; all that follows is body
    };

    /// What is read goes to `head` and to the end of `body`, which must both outlive this.
    Http1Answer(Wanted wanted, ResponseHead &head, QByteArray &body)
        : m_wanted(wanted), m_bodiless(wanted == Wanted::HeadOnly), m_head(head), m_body(body) {}

    /// Takes all bytes; those behind the end of the answer are only counted.
    State feed(QByteArrayView bytes);
    /// The stream has ended, which completes an answer without a length.
    State end();

    State state() const { return m_state; }
    /// A status line has come, be it that of an interim answer.
    bool hasBegun() const { return m_hasStatus; }
    UpstreamCause cause() const { return m_cause; }
    /// The answer is complete, said where it ends, and nothing came behind it: another may follow
    /// on the same connection.
    bool keepsAlive() const {
        return m_state == State::Complete && m_keepAlive && m_framing != Framing::UntilEnd &&
               m_waiting == 0;
    }

private:
    /// Where inside a body the reader stands.
    enum class Framing { Length, UntilEnd, ChunkSize, ChunkData, ChunkEnd, Trailer };

    bool readHead(QByteArrayView &bytes);
    bool readBody(QByteArrayView &bytes);
    std::optional<QByteArrayView> nextLine(QByteArrayView &bytes, qsizetype limit,
                                           UpstreamCause ifLonger);
    bool readStatusLine(QByteArrayView line);
    bool readField(QByteArrayView line);
    bool finishHead();
    bool beginUpgrade();
    bool readFraming();
    void readConnection(QByteArrayView options);
    bool readData(QByteArrayView &bytes);
    bool readChunkSize(QByteArrayView &bytes);
    bool readChunkEnd(QByteArrayView &bytes);
    bool readTrailer(QByteArrayView &bytes);
    bool breakOff(UpstreamCause cause);

    Wanted m_wanted;
    bool m_bodiless;
    ResponseHead &m_head;
    QByteArray &m_body;
    State m_state = State::Head;
    UpstreamCause m_cause = UpstreamCause::Other;

    QByteArray m_part; ///< of a line that is not whole yet
    QByteArray m_line; ///< one that came in parts
    qsizetype m_headBytes = 0;
    bool m_hasStatus = false;
    bool m_inHead = false; ///< behind a status line
    bool m_isOld = false;  ///< HTTP/1.0
    bool m_keepAlive = true;
    Framing m_framing = Framing::Length;
    qint64 m_remaining = 0;  ///< of the body, or of the chunk
    qsizetype m_waiting = 0; ///< bytes behind the answer
};

} // namespace quaygate
