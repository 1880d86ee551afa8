#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>

namespace quaygate {

/// The socket that QtHttpServer reads: it never sees the network, only a short stand-in for each
/// complete and checked request. So nothing that a client sends or leaves half-way can reach
/// QtHttpServer's own reader, and what it does to its socket hurts nobody. Inner part of
/// `HttpServer`; lives on its thread.
class CheckedRequests final : public QTcpSocket {
public:
    CheckedRequests() {
        setSocketState(QAbstractSocket::ConnectedState);
        setOpenMode(QIODevice::ReadWrite);
        setPeerAddress(QHostAddress(QHostAddress::LocalHost));
    }

    /// QtHttpServer reads it and calls its handler before this returns.
    void deliver() {
        m_input = "GET / HTTP/1.1\r\n\r\n"; // it reads byte by byte, so every one counts
        emit readyRead();
    }

    qint64 bytesAvailable() const override { return QIODevice::bytesAvailable() + m_input.size(); }
    bool canReadLine() const override { return !m_input.isEmpty() || QIODevice::canReadLine(); }
    void disconnectFromHost() override {}
    void close() override {}

protected:
    qint64 readData(char *data, qint64 maxSize) override {
        const qsizetype size = std::min<qint64>(maxSize, m_input.size());
        std::copy_n(m_input.data(), size, data);
        m_input = m_input.sliced(size);
        return size;
    }
    /// Answers go out through the Connection.
    qint64 writeData(const char *, qint64 size) override { return size; }

private:
    QByteArrayView m_input; ///< of a literal
};

/// The server through which QtHttpServer is given that socket; it takes no connection of its own.
class Entrance final : public QTcpServer {
public:
    void admit(QTcpSocket *socket) { addPendingConnection(socket); }

protected:
    void incomingConnection(qintptr descriptor) override {
        QTcpSocket().setSocketDescriptor(descriptor);
    }
};

} // namespace quaygate
