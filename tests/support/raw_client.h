#pragma once

#include "tests/support/event_loop.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace quaygate::test {

/// A client that writes exactly the bytes it is given and shows exactly those that came back.
class RawClient {
public:
    explicit RawClient(quint16 port, const QHostAddress &host = QHostAddress::LocalHost) {
        socket.connectToHost(host, port);
        socket.waitForConnected(); // the kernel accepts; the server need not have its turn
    }

    void send(const QByteArray &bytes) {
        socket.write(bytes);
        socket.flush();
    }

    /// Everything received so far.
    const QByteArray &received() {
        m_received += socket.readAll();
        return m_received;
    }

    bool waitFor(const QByteArray &part) {
        return waitUntil([&] { return received().contains(part); });
    }

    /// The server has closed; `received` is all there will be.
    bool waitForClose() {
        return waitUntil([&] {
            received();
            return socket.state() == QAbstractSocket::UnconnectedState;
        });
    }

    QTcpSocket socket;

private:
    QByteArray m_received;
};

} // namespace quaygate::test
