#pragma once

#include "tests/support/event_loop.h"

#include <QByteArray>
#include <QTcpSocket>

namespace quaygate::simulator::test {

using quaygate::test::waitUntil;

/// A client that sees the bytes as they are.
class RawClient {
public:
    explicit RawClient(quint16 port) {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        QObject::connect(&m_socket, &QTcpSocket::readyRead,
                         [this] { m_received += m_socket.readAll(); });
    }

    void post(const QByteArray &target, const QByteArray &body, const QByteArray &headers = {}) {
        m_socket.write("POST " + target + " HTTP/1.1\r\nHost: simulator\r\napi-key: right-key\r\n" +
                       "x-simulator-pace: 0\r\n" + headers +
                       "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    bool waitFor(QByteArrayView text) {
        return waitUntil([&] { return m_received.contains(text); });
    }
    bool waitForClose() {
        return waitUntil([&] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
    }

    const QByteArray &received() const { return m_received; }
    QByteArray statusLine() const { return m_received.left(m_received.indexOf("\r\n")); }
    void leave() { m_socket.abort(); }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace quaygate::simulator::test
