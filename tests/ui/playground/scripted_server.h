#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace quaygate::test {

/// A server that says exactly what a test wants, in the pieces it wants, over a real socket. It
/// reads whole requests; the answers are written by hand.
class ScriptedServer {
public:
    struct Request {
        QByteArray head;
        QByteArray body;
        QTcpSocket *socket = nullptr;
    };

    ScriptedServer();

    QString url() const;
    quint16 port() const { return m_server.serverPort(); }

    /// Called for every whole request.
    std::function<void(const Request &)> onRequest;

    const QList<Request> &requests() const { return m_requests; }
    int closedByClient() const { return m_closed; }

    /// Writes the pieces one by one, each in a turn of the event loop of its own, so that they
    /// arrive apart; then closes the connection if asked to.
    static void writePieces(QTcpSocket *socket, QList<QByteArray> pieces, bool close);

private:
    void onReadyRead(QTcpSocket *socket);

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_input;
    QList<Request> m_requests;
    int m_closed = 0;
};

/// Head of a stream whose end is the end of the connection.
QByteArray streamHead();
/// "data: …\n\n".
QByteArray event(const QByteArray &data);
/// A chunk with this text, as Azure sends it.
QByteArray textEvent(const QByteArray &text);
QByteArray finishEvent(const QByteArray &reason = "stop");
QByteArray usageEvent(int in, int out);
QByteArray doneEvent();
/// A whole answer in one event each, after the head.
QByteArray wholeStream(const QList<QByteArray> &texts);
/// An answer with a length.
QByteArray answer(const QByteArray &status, const QByteArray &type, const QByteArray &body,
                  const QByteArray &headers = {});

} // namespace quaygate::test
