#include "gateway/http/upstream_connection.h"

#include "gateway/http/curl_loop.h"

#ifndef Q_OS_WIN
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

#include <cerrno>

namespace quaygate {

namespace {

/// For the answer of a proxy; what the user receives has room of its own.
constexpr long openingBufferBytes = 1024;
constexpr long receiveBytes = 64 * 1024;

/// What was sent and nobody confirms ends the connection after this time, instead of a quarter of
/// an hour. Not while it is being opened: that has a limit of its own.
void limitUnconfirmed(curl_socket_t socket) {
#ifdef TCP_USER_TIMEOUT
    constexpr unsigned int limit = 30'000; // ms, tcp(7)
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
#else
    Q_UNUSED(socket)
#endif
}

/// True if this libcurl reads no further ahead than the record of TLS it was asked for, so that the
/// socket tells of whatever is left. From 8.1 it may; Schannel and others do.
bool leavesTheRestInTheSocket() {
    static const bool leaves = [] {
        const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
        return info->version_num < 0x080100 && info->ssl_version &&
               QByteArrayView(info->ssl_version).startsWith("OpenSSL");
    }();
    return leaves;
}

/// Destroyed after the handle that uses it.
struct InGroup {
    std::shared_ptr<ConnectionGroup> group;
};

} // namespace

class UpstreamConnection::Private : private InGroup,
                                    public CurlHandle,
                                    public CurlLoop::SocketUser {
public:
    using Received = UpstreamConnection::Received;

    Private(std::shared_ptr<CurlLoop> itsLoop, ConnectionSettings itsSettings,
            std::chrono::milliseconds limit, User &itsUser)
        : InGroup{itsLoop->group()}
        , CurlHandle(itsLoop->poller())
        , loop(std::move(itsLoop))
        , settings(std::move(itsSettings))
        , user(&itsUser) {
        const QByteArray url =
            (settings.target.tls ? "https://" : "http://") + settings.target.authority() + '/';
        curl_easy_setopt(easy, CURLOPT_URL, url.constData());
        curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
        curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
        curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, openingBufferBytes);
        curl_easy_setopt(easy, CURLOPT_SHARE, group->get());
        setConnection(easy, settings, false);
        setConnectTimeout(easy, limit);
        loop->add(*this);
    }

    ~Private() override {
        if (socket)
            loop->unwatch(*socket);
        loop->remove(*this);
        curl_easy_setopt(easy, CURLOPT_SHARE, nullptr);
    }

    void completed(CURLcode code) override {
        if (code != CURLE_OK) {
            fail(code);
            return;
        }
        curl_socket_t active = CURL_SOCKET_BAD;
        curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &active);
        curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, receiveBytes);
        socket = CurlLoop::Socket(active);
        limitUnconfirmed(active);
        claim();
        user->connectionOpened();
    }

    /// Until something is received or sent, libcurl takes the connection for an idle one and may
    /// close it when another one is opened.
    void claim() {
        size_t got = 0;
        char byte = 0;
        if (curl_easy_recv(easy, &byte, 1, &got) != CURLE_OK || got == 0)
            return;
        early = byte;
        loop->readSoon(*socket);
    }

    void fail(CURLcode code) {
        const QString text = reason(code);
        const auto cause = openingCause(easy, code, settings, text).value_or(otherCause(code));
        const bool unconnected =
            code == CURLE_COULDNT_CONNECT || cause == UpstreamCause::ProxyRefused;
        const auto phase =
            unconnected ? UpstreamPhase::Connecting : openingPhase(easy, settings.target, 0);
        user->connectionFailed(cause, phase, text);
    }

    UpstreamCause otherCause(CURLcode code) const {
        if (isRefusedByProxy(easy))
            return UpstreamCause::ProxyRefused;
        switch (code) {
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return UpstreamCause::Closed;
        case CURLE_OUT_OF_MEMORY:
            return UpstreamCause::OutOfMemory;
        default:
            return UpstreamCause::Other;
        }
    }

    void socketReady(bool readable, bool writable) override {
        user->connectionReady(readable, writable);
    }

    Received receive(char *to, qsizetype room);
    bool isQuiet();

    std::shared_ptr<CurlLoop> loop;
    ConnectionSettings settings;
    User *user;
    std::optional<CurlLoop::Socket> socket;
    std::optional<char> early; ///< received before anybody asked
    CURLcode lastCode = CURLE_OK;
};

UpstreamConnection::Received UpstreamConnection::Private::receive(char *to, qsizetype room) {
    using Outcome = Received::Outcome;
    if (early) {
        *to = *std::exchange(early, std::nullopt);
        return {Outcome::Bytes, 1, true};
    }
    size_t got = 0;
    lastCode = curl_easy_recv(easy, to, size_t(room), &got);
    if (lastCode == CURLE_AGAIN)
        return {};
    if (lastCode != CURLE_OK)
        return {Outcome::Broken};
    if (got == 0)
        return {Outcome::End};
    const auto size = qsizetype(got);
    return {Outcome::Bytes, size, size >= std::min(room, pieceSize) || !leavesTheRestInTheSocket()};
}

bool UpstreamConnection::Private::isQuiet() {
    if (early)
        return false;
    char byte = 0;
#ifndef Q_OS_WIN
    if (leavesTheRestInTheSocket()) {
        const auto got = ::recv(int(*socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
    }
#endif
    // What has come may be TLS's own, such as a ticket for a later session.
    return receive(&byte, 1).outcome == Received::Outcome::Nothing;
}

UpstreamConnection::UpstreamConnection(std::shared_ptr<CurlLoop> loop,
                                       const ConnectionSettings &settings,
                                       std::chrono::milliseconds limit, User &user)
    : d(std::make_unique<Private>(std::move(loop), settings, limit, user)) {
}

UpstreamConnection::~UpstreamConnection() = default;

const ConnectionSettings &UpstreamConnection::settings() const {
    return d->settings;
}

void UpstreamConnection::setUser(User &user) {
    d->user = &user;
}

bool UpstreamConnection::isOpen() const {
    return d->socket.has_value();
}

UpstreamPhase UpstreamConnection::phase() const {
    return openingPhase(d->easy, d->settings.target, 0);
}

void UpstreamConnection::watch(bool read, bool write) {
    if (d->socket)
        d->loop->watch(*d->socket, *d, read, write);
}

void UpstreamConnection::askReady() {
    if (d->socket)
        d->loop->readSoon(*d->socket);
}

std::optional<qsizetype> UpstreamConnection::send(QByteArrayView bytes) {
    qsizetype taken = 0;
    while (taken < bytes.size()) {
        const QByteArrayView piece = bytes.sliced(taken, std::min(bytes.size() - taken, pieceSize));
        size_t sent = 0;
        d->lastCode = curl_easy_send(d->easy, piece.data(), size_t(piece.size()), &sent);
        if (d->lastCode == CURLE_AGAIN)
            break;
        if (d->lastCode != CURLE_OK)
            return std::nullopt;
        taken += qsizetype(sent);
    }
    return taken;
}

UpstreamConnection::Received UpstreamConnection::receive(char *to, qsizetype room) {
    return d->receive(to, room);
}

bool UpstreamConnection::isQuiet() {
    return d->isQuiet();
}

QString UpstreamConnection::reason() const {
    return d->reason(d->lastCode);
}

} // namespace quaygate
