#include "tests/support/scripted_upstream.h"

#include <QSslSocket>

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace quaygate::test {

namespace {

bool isField(QByteArrayView line, QByteArrayView name) {
    return line.size() > name.size() && line[name.size()] == ':' &&
           line.first(name.size()).compare(name, Qt::CaseInsensitive) == 0;
}

/// Takes a complete request off the front of what was received, if there is one.
std::optional<RawRequest> takeRequest(QByteArray &received) {
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    RawRequest request;
    request.head = received.left(end + 4);
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (received.size() < end + 4 + length)
        return std::nullopt;
    request.body = received.mid(end + 4, length);
    received.remove(0, end + 4 + length);
    return request;
}

} // namespace

QByteArray RawRequest::header(QByteArrayView name) const {
    for (const QByteArray &line : head.split('\n')) {
        if (isField(line, name))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

qsizetype RawRequest::headerCount(QByteArrayView name) const {
    const auto lines = head.split('\n');
    return std::count_if(lines.begin(), lines.end(),
                         [name](const QByteArray &line) { return isField(line, name); });
}

UpstreamPeer::UpstreamPeer(QTcpSocket *socket, int index) : m_socket(socket), m_index(index) {
    socket->setParent(this);
    connect(socket, &QTcpSocket::disconnected, this, [this] { clientLeft = true; });
}

void UpstreamPeer::send(const QByteArray &bytes) {
    m_socket->write(bytes);
    m_socket->flush();
}

void UpstreamPeer::close() {
    m_socket->disconnectFromHost();
}

void UpstreamPeer::reset() {
    linger hard{};
    hard.l_onoff = 1;
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char *>(&hard), sizeof hard);
    m_socket->abort();
}

void UpstreamPeer::stopReading() {
    m_reading = false;
    m_socket->setReadBufferSize(1024);
}

void UpstreamPeer::drain() {
    connect(m_socket, &QTcpSocket::readyRead, m_socket, [this] { m_socket->readAll(); });
    m_socket->setReadBufferSize(0);
    m_socket->readAll();
}

qint64 UpstreamPeer::unsent() const {
    const auto *secure = qobject_cast<QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

ScriptedUpstream::ScriptedUpstream(std::optional<QSslConfiguration> tls) : m_tls(std::move(tls)) {
    setListenBacklogSize(1024);
    if (!listen(QHostAddress::LocalHost))
        qFatal("No loopback port: %s", qPrintable(errorString()));
}

QByteArray ScriptedUpstream::url(const QByteArray &path) const {
    // A name for TLS, because the certificate is for one.
    const QByteArray origin = m_tls ? "https://localhost:" : "http://127.0.0.1:";
    return origin + QByteArray::number(serverPort()) + path;
}

int ScriptedUpstream::open() const {
    return int(std::count_if(m_peers.begin(), m_peers.end(),
                             [](const UpstreamPeer *peer) { return !peer->clientLeft; }));
}

void ScriptedUpstream::incomingConnection(qintptr descriptor) {
    auto *socket = m_tls ? new QSslSocket : new QTcpSocket;
    socket->setSocketDescriptor(descriptor);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto *peer = new UpstreamPeer(socket, int(m_peers.size()));
    peer->setParent(this);
    m_peers.append(peer);
    if (onConnected)
        onConnected(*peer);
    if (m_tls && handshakes) {
        auto *secure = static_cast<QSslSocket *>(socket);
        secure->setSslConfiguration(*m_tls);
        secure->startServerEncryption();
    }
    connect(socket, &QTcpSocket::readyRead, peer, [this, peer] { readFrom(*peer); });
}

void ScriptedUpstream::readFrom(UpstreamPeer &peer) {
    if (!peer.m_reading)
        return;
    const QByteArray bytes = peer.m_socket->readAll();
    peer.received += bytes;
    peer.receivedBytes += bytes.size();
    if (onBytes)
        onBytes(peer);
    if (m_tls && !handshakes)
        return;
    while (const auto request = takeRequest(peer.received)) {
        ++peer.served;
        m_requests.append(*request);
        if (onRequest)
            onRequest(peer, *request);
    }
}

} // namespace quaygate::test
