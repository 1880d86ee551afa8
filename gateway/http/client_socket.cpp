#include "gateway/http/client_socket.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <fcntl.h>
#endif

#include <algorithm>

namespace quaygate {

namespace {

#ifdef Q_OS_WIN

using Length = int;

SOCKET native(qintptr descriptor) {
    return static_cast<SOCKET>(descriptor);
}
bool wouldBlock() {
    return WSAGetLastError() == WSAEWOULDBLOCK;
}
bool wasInterrupted() {
    return false;
}
void makeNonBlocking(qintptr descriptor) {
    u_long on = 1;
    ::ioctlsocket(native(descriptor), FIONBIO, &on);
}
void closeDescriptor(qintptr descriptor) {
    ::closesocket(native(descriptor));
}
constexpr int shutSending = SD_SEND;
constexpr int sendFlags = 0;

#else

using Length = std::size_t;

int native(qintptr descriptor) {
    return static_cast<int>(descriptor);
}
bool wouldBlock() {
    return errno == EAGAIN || errno == EWOULDBLOCK;
}
bool wasInterrupted() {
    return errno == EINTR;
}
void makeNonBlocking(qintptr descriptor) {
    const int flags = ::fcntl(native(descriptor), F_GETFL);
    ::fcntl(native(descriptor), F_SETFL, flags | O_NONBLOCK);
}
void closeDescriptor(qintptr descriptor) {
    ::close(native(descriptor));
}
constexpr int shutSending = SHUT_WR;
#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0;
#endif

#endif

void setOption(qintptr descriptor, int level, int option) {
    const int on = 1;
    // What an option is for is lost without it, never an answer.
    ::setsockopt(native(descriptor), level, option, reinterpret_cast<const char *>(&on), sizeof on);
}

} // namespace

ClientSocket::ClientSocket(qintptr descriptor)
    : m_descriptor(descriptor), m_readNotifier(descriptor, QSocketNotifier::Read) {
    m_readNotifier.setEnabled(false);
    makeNonBlocking(descriptor);
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY);
#ifdef SO_NOSIGPIPE
    setOption(descriptor, SOL_SOCKET, SO_NOSIGPIPE);
#endif
    QObject::connect(&m_readNotifier, &QSocketNotifier::activated, &m_readNotifier,
                     [this] { onReadable(); });
}

ClientSocket::~ClientSocket() {
    close();
}

ClientSocket::Received ClientSocket::read(std::span<char> into) {
    if (m_broken || m_descriptor < 0)
        return {Outcome::Left};
    while (true) {
        const auto size =
            ::recv(native(m_descriptor), into.data(), static_cast<Length>(into.size()), 0);
        if (size > 0)
            return {Outcome::Bytes, static_cast<qsizetype>(size)};
        if (size == 0)
            return {Outcome::Left};
        if (wouldBlock())
            return {Outcome::Nothing};
        if (!wasInterrupted())
            return {Outcome::Left};
    }
}

void ClientSocket::setReading(bool reading) {
    if (m_descriptor >= 0 && m_readNotifier.isEnabled() != reading)
        m_readNotifier.setEnabled(reading);
}

void ClientSocket::write(QByteArrayView bytes) {
    if (m_broken || m_descriptor < 0)
        return;
    if (kept() == 0)
        bytes = bytes.sliced(send(bytes));
    if (bytes.isEmpty() || m_broken)
        return;
    m_kept.append(bytes);
    if (!m_writeNotifier) {
        m_writeNotifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
        QObject::connect(m_writeNotifier.get(), &QSocketNotifier::activated, m_writeNotifier.get(),
                         [this] { onWritable(); });
    }
    m_writeNotifier->setEnabled(true);
}

/// Returns how much of it the kernel took.
qsizetype ClientSocket::send(QByteArrayView bytes) {
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const auto size = ::send(native(m_descriptor), bytes.data() + sent,
                                 static_cast<Length>(bytes.size() - sent), sendFlags);
        if (size >= 0)
            sent += static_cast<qsizetype>(size);
        else if (wouldBlock())
            break;
        else if (!wasInterrupted()) {
            broke();
            return bytes.size();
        }
    }
    return sent;
}

/// The client is told of by `onReadable`, from the event loop: whoever writes is not surprised by
/// it.
void ClientSocket::broke() {
    m_broken = true;
    m_kept.clear();
    m_keptFrom = 0;
    m_readNotifier.setEnabled(true);
}

void ClientSocket::onWritable() {
    m_keptFrom += send(QByteArrayView(m_kept).sliced(m_keptFrom));
    if (m_broken || kept() == 0) {
        m_kept.clear();
        m_keptFrom = 0;
        m_writeNotifier->setEnabled(false);
    } else if (m_keptFrom > m_kept.size() / 2) {
        m_kept.remove(0, m_keptFrom);
        m_keptFrom = 0;
    }
    if (!m_broken)
        onTaken();
}

void ClientSocket::shutdownSending() {
    if (m_descriptor >= 0)
        ::shutdown(native(m_descriptor), shutSending);
}

void ClientSocket::close() {
    if (m_descriptor < 0)
        return;
    m_readNotifier.setEnabled(false);
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false);
    closeDescriptor(std::exchange(m_descriptor, -1));
    m_kept.clear();
    m_keptFrom = 0;
}

QHostAddress ClientSocket::peerAddress() const {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(native(m_descriptor), address, &size) != 0)
        return {};
    return QHostAddress(address);
}

} // namespace quaygate
