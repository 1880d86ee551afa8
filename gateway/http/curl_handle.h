#pragma once

#include "gateway/http/connection_settings.h"
#include "gateway/http/socket_poller.h"
#include "gateway/http/upstream_failure.h"

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <optional>

/// What everything that libcurl does for us has in common: how it connects, and in which words it
/// fails. The only header that knows libcurl.
namespace quaygate {

/// A handle of libcurl's, set up as all of ours are. CURLINFO_PRIVATE is this object.
class CurlHandle {
public:
    /// `poller` outlives every connection that the handle makes.
    explicit CurlHandle(SocketPoller &poller);
    virtual ~CurlHandle();
    CurlHandle(const CurlHandle &) = delete;
    CurlHandle &operator=(const CurlHandle &) = delete;

    /// libcurl is done with it. Called from the event loop, never from within libcurl.
    virtual void completed(CURLcode code) = 0;

    /// What libcurl said of its failure, else what it says of this code.
    QString reason(CURLcode code) const;
    void forgetReason() { m_reason[0] = '\0'; }

    CURL *easy;

private:
    std::array<char, CURL_ERROR_SIZE> m_reason{};
};

/// Tells a handle how to connect, all but the URL.
void setConnection(CURL *easy, const ConnectionSettings &settings, bool http2);
/// 0: no limit.
void setConnectTimeout(CURL *easy, std::chrono::milliseconds limit);

/// How far a handle has come that is not connected yet. `connectionsBefore` were made for it until
/// it last was.
UpstreamPhase openingPhase(CURL *easy, const UpstreamTarget &target, long connectionsBefore);

/// Why no connection could be made; nothing if the code does not speak of that.
std::optional<UpstreamCause>
openingCause(CURL *easy, CURLcode code, const ConnectionSettings &settings, const QString &reason);

/// The proxy's last answer was not a tunnel.
bool isRefusedByProxy(CURL *easy);

/// The file with the system's certificate authorities; empty if libcurl uses no file.
QString systemCaFilePath();

} // namespace quaygate
