#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace quaygate::simulator {

/// What a WebSocket carries (RFC 6455), as a server sees it.
struct WebSocketMessage {
    enum class Kind { Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };
    Kind kind = Kind::Text;
    QByteArray bytes;
};

/// Reads the frames of a client. Pure.
class WebSocketReader {
public:
    static constexpr qsizetype largestMessage = qsizetype(16) * 1024 * 1024;

    /// The messages that have come whole. After a problem nothing more is read.
    QList<WebSocketMessage> feed(QByteArrayView bytes);
    /// The code to close with, because the client broke the protocol; 0 if it did not.
    int problem() const { return m_problem; }

private:
    bool readFrame(QList<WebSocketMessage> &messages);
    bool take(int opcode, bool final, QByteArray payload, QList<WebSocketMessage> &messages);
    bool fail(int code);

    QByteArray m_waiting;
    QByteArray m_message; ///< of the frames that came so far
    int m_opcode = 0;     ///< of the first of them; 0: none has come
    int m_problem = 0;
};

/// One whole message of the server's.
QByteArray webSocketFrame(WebSocketMessage::Kind kind, QByteArrayView payload);
QByteArray webSocketCloseFrame(int code, QByteArrayView reason);

/// What the handshake answers to `Sec-WebSocket-Key`.
QByteArray webSocketAccept(const QByteArray &key);

} // namespace quaygate::simulator
