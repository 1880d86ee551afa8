#include "gateway/http/curl_handle.h"

#include <cerrno>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// libcurl has no word for "no limit" here; 0 would be its own 5 minutes.
constexpr long endlessMs = 24L * 60 * 60 * 1000;

/// A connection whose other end is gone without a word (a cable pulled, another network) is found
/// out after a minute, while an answer is awaited too.
constexpr long keepAliveAfter = 30; ///< s
constexpr long keepAliveEvery = 10; ///< s
constexpr int keepAliveTries = 3;

int onSocketMade(void *user, curl_socket_t socket, curlsocktype) noexcept {
#ifdef TCP_KEEPCNT // libcurl has an option for it from 8.9 on only
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, reinterpret_cast<const char *>(&keepAliveTries),
                 sizeof keepAliveTries);
#endif
    static_cast<SocketPoller *>(user)->expectClosed(SocketPoller::Socket(socket));
    return CURL_SOCKOPT_OK;
}

int onSocketClosing(void *user, curl_socket_t socket) noexcept {
    static_cast<SocketPoller *>(user)->closed(SocketPoller::Socket(socket));
#ifdef Q_OS_WIN
    return ::closesocket(socket);
#else
    return ::close(socket);
#endif
}

void setForGood(CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, keepAliveAfter);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, keepAliveEvery);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, onSocketMade);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, onSocketClosing);
    const long trust = systemCaFilePath().isEmpty() ? CURLSSLOPT_NATIVE_CA : 0;
    curl_easy_setopt(easy, CURLOPT_SSL_OPTIONS, trust);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_OPTIONS, trust);
#if LIBCURL_VERSION_NUM >= 0x075700
    // Without it, dropping a call that is being resolved waits for getaddrinfo to return.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

void setCaFile(CURL *easy, const QByteArray &caFile) {
    if (caFile.isEmpty())
        return;
    curl_easy_setopt(easy, CURLOPT_CAINFO, caFile.constData());
    curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, caFile.constData());
    // libcurl keeps what it read of a file for all connections only if there is no directory too.
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, nullptr);
}

void setProxy(CURL *easy, const ConnectionSettings &settings) {
    const bool byEnvironment = settings.proxy.isEmpty() && !settings.target.isLocal();
    curl_easy_setopt(easy, CURLOPT_PROXY,
                     byEnvironment ? nullptr : settings.proxy.toUtf8().constData());
    // A proxy that was named for this backend is used whatever `no_proxy` says.
    curl_easy_setopt(easy, CURLOPT_NOPROXY, byEnvironment ? nullptr : "");
}

UpstreamCause certificateCause(CURL *easy, const QString &reason) {
    long verified = 0;
    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &verified);
    switch (verified) { // X509_V_ERR_… of OpenSSL
    case 9:
        return UpstreamCause::CertificateNotYetValid;
    case 10:
        return UpstreamCause::CertificateExpired;
    case 2:
    case 18:
    case 19:
    case 20:
    case 21:
        return UpstreamCause::CertificateUnknownAuthority;
    case 62:
    case 64:
        return UpstreamCause::CertificateWrongName;
    default:
        break;
    }
    return reason.contains("subject name"_L1) || reason.contains("host name"_L1)
               ? UpstreamCause::CertificateWrongName
               : UpstreamCause::CertificateRejected;
}

UpstreamCause unconnectedCause(CURL *easy, const ConnectionSettings &settings,
                               const QString &reason) {
    const bool reachedForTarget = reason.contains(QString::fromUtf8(settings.target.host));
    if (!settings.proxy.isEmpty() || (!reason.isEmpty() && !reachedForTarget))
        return UpstreamCause::ProxyUnreachable;
    long osError = 0;
    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &osError);
    return osError == ECONNREFUSED || reason.contains("refused"_L1) ? UpstreamCause::Refused
                                                                    : UpstreamCause::Unreachable;
}

} // namespace

CurlHandle::CurlHandle(SocketPoller &poller) : easy(curl_easy_init()) {
    Q_CHECK_PTR(easy);
    setForGood(easy);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, &poller);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &poller);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_reason.data());
}

CurlHandle::~CurlHandle() {
    curl_easy_cleanup(easy);
}

QString CurlHandle::reason(CURLcode code) const {
    return QString::fromUtf8(m_reason[0] ? m_reason.data() : curl_easy_strerror(code));
}

void setConnection(CURL *easy, const ConnectionSettings &settings, bool http2) {
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     long(http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    const bool tls13 = settings.minTls == TlsVersion::Tls13;
    curl_easy_setopt(easy, CURLOPT_SSLVERSION,
                     long(tls13 ? CURL_SSLVERSION_TLSv1_3 : CURL_SSLVERSION_TLSv1_2));
    setCaFile(easy, settings.caFile);
    setProxy(easy, settings);
}

void setConnectTimeout(CURL *easy, std::chrono::milliseconds limit) {
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     limit.count() > 0 ? long(limit.count()) : endlessMs);
}

UpstreamPhase openingPhase(CURL *easy, const UpstreamTarget &target, long connectionsBefore) {
    curl_off_t resolved = 0;
    long connections = 0;
    curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connections);
    if (resolved == 0)
        return UpstreamPhase::Resolving;
    // Counted as soon as TCP is connected; libcurl's connect time is noted only after TLS.
    return connections > connectionsBefore && target.tls ? UpstreamPhase::Handshake
                                                         : UpstreamPhase::Connecting;
}

std::optional<UpstreamCause>
openingCause(CURL *easy, CURLcode code, const ConnectionSettings &settings, const QString &reason) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        // libcurl 8.14 may end with this code for a proxy as well; its text is right.
        return reason.startsWith("Could not resolve proxy"_L1) ? UpstreamCause::ProxyNotResolved
                                                               : UpstreamCause::NameNotResolved;
    case CURLE_COULDNT_RESOLVE_PROXY:
        return UpstreamCause::ProxyNotResolved;
    case CURLE_COULDNT_CONNECT:
        return unconnectedCause(easy, settings, reason);
    case CURLE_PROXY:
        return UpstreamCause::ProxyRefused;
    case CURLE_OPERATION_TIMEDOUT:
        return UpstreamCause::TimedOut;
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateCause(easy, reason);
    case CURLE_SSL_CACERT_BADFILE:
        return UpstreamCause::CertificateRejected;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
        return UpstreamCause::TlsFailed;
    default:
        return std::nullopt;
    }
}

bool isRefusedByProxy(CURL *easy) {
    long tunnel = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
    return tunnel != 0 && tunnel / 100 != 2;
}

QString systemCaFilePath() {
    static const QString path = [] {
        const char *file = curl_version_info(CURLVERSION_NOW)->cainfo;
        return file ? QString::fromLocal8Bit(file) : QString();
    }();
    return path;
}

} // namespace quaygate
