#pragma once

#include <QByteArray>
#include <QList>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <memory>
#include <optional>

namespace quaygate::test {

/// One request as it came over the wire.
struct RawRequest {
    QByteArray head; ///< request line and headers, with their line ends and the blank line
    QByteArray body;

    QByteArray requestLine() const { return head.left(head.indexOf("\r\n")); }
    /// The value of the first header of that name, or null.
    QByteArray header(QByteArrayView name) const;
    qsizetype headerCount(QByteArrayView name) const;
};

/// One connection that a ScriptedUpstream took.
class UpstreamPeer : public QObject {
public:
    explicit UpstreamPeer(QTcpSocket *socket, int index);

    /// Sent at once, byte by byte as given.
    void send(const QByteArray &bytes);
    /// Ends the connection in order, after what was sent.
    void close();
    /// Cuts the connection with a TCP reset.
    void reset();
    /// Leaves what the client sends in the kernel, so that its sending comes to a halt.
    void stopReading();
    /// Reads on and throws away what comes; also what shows a stopped peer that the client has
    /// left.
    void drain();

    int index() const { return m_index; } ///< 0 for the first connection
    int served = 0;                       ///< complete requests on this connection
    QByteArray received;                  ///< all bytes that are not yet part of a complete request
    qint64 receivedBytes = 0;
    bool clientLeft = false; ///< the client closed or cut the connection
    qint64 unsent() const;

private:
    friend class ScriptedUpstream;
    QTcpSocket *m_socket;
    int m_index;
    bool m_reading = true;
};

/// An upstream that does exactly what a test says, on the event loop of the test, on a free
/// loopback port.
class ScriptedUpstream : public QTcpServer {
public:
    /// Plain HTTP, or TLS with that certificate.
    explicit ScriptedUpstream(std::optional<QSslConfiguration> tls = std::nullopt);

    /// Called when a connection is there; with TLS before the handshake.
    std::function<void(UpstreamPeer &)> onConnected;
    /// Called for all bytes that come, before `onRequest`.
    std::function<void(UpstreamPeer &)> onBytes;
    /// Called for each complete request.
    std::function<void(UpstreamPeer &, const RawRequest &)> onRequest;
    /// False: TLS connections are taken, and no handshake is made.
    bool handshakes = true;

    QByteArray url(const QByteArray &path = "/") const;
    int accepted() const { return int(m_peers.size()); }
    UpstreamPeer &peer(int index) { return *m_peers.at(index); }
    /// All complete requests, in the order they came.
    const QList<RawRequest> &requests() const { return m_requests; }
    /// Connections that the client has not left.
    int open() const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void readFrom(UpstreamPeer &peer);

    std::optional<QSslConfiguration> m_tls;
    QList<UpstreamPeer *> m_peers;
    QList<RawRequest> m_requests;
};

} // namespace quaygate::test
