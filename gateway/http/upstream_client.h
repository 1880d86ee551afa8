#pragma once

#include "gateway/http/header_list.h"
#include "gateway/http/machine_network.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace quaygate {

/// Where a call upstream was when it failed.
enum class UpstreamPhase { Resolving, Connecting, Handshake, Sending, Waiting, Receiving };

/// How long each phase may take. 0 means no limit.
struct UpstreamTimeouts {
    std::chrono::milliseconds connect{10'000};    ///< resolving, connecting and TLS together
    std::chrono::milliseconds firstByte{600'000}; ///< from the request sent to the first byte
    std::chrono::milliseconds idle{300'000};      ///< between two bytes of the answer
    std::chrono::milliseconds total{0};

    bool operator==(const UpstreamTimeouts &) const = default;
};

/// The oldest TLS that is good enough.
enum class TlsVersion { Tls12, Tls13 };

/// One request to be sent. `url` is absolute and percent-encoded; it decides host, port and TLS,
/// and goes out as it is. The body is sent for any method but HEAD.
struct UpstreamRequest {
    QByteArray method;
    QByteArray url;
    /// What concerns one connection only (Connection, Content-Length, Transfer-Encoding, Expect, …)
    /// is not sent on.
    HeaderList headers;
    /// Sent as one more header; never seen in `headers`, so that no log can hold it.
    QByteArray secretHeader;
    Secret secret;
    /// More such headers, with their names.
    QList<std::pair<QByteArray, Secret>> moreSecrets;
    QByteArray body;
    /// The protocol to go on with ("websocket"), if the upstream agrees: then its answer is 101 and
    /// bytes go both ways as they are, for as long as both like. Empty: HTTP only.
    QByteArray upgrade;
    UpstreamTimeouts timeouts;
    /// PEM file with certificate authorities in addition to the system's; empty for none.
    QString caFile;
    /// "http://host:port", "https://…", "socks5h://…"; empty: what the system says decides, that is
    /// the client's `MachineNetwork`, then the variables (`https_proxy`, `no_proxy`, …), but never
    /// for a loopback or link-local address.
    QString proxy;
    /// Offers HTTP/2 to a server that speaks TLS. What is sent costs about twice as much then, and
    /// nothing is gained, for each call has a connection to itself.
    bool http2 = false;
    /// Connections to this host and port at once; 0: no limit of its own. Each call has a
    /// connection to itself while it runs, so this many calls run and the others wait in order, at
    /// most for `timeouts.firstByte`.
    int maxConnections = 0;
    TlsVersion minTls = TlsVersion::Tls12;
};

/// Why a call ended without a whole answer.
struct UpstreamFailure {
    Error error;
    UpstreamPhase phase = UpstreamPhase::Resolving;
    std::chrono::milliseconds elapsed{0};
};

/// A call under way. Destroying it cancels at once: the connection is closed, no callback follows.
class UpstreamCall {
public:
    virtual ~UpstreamCall() = default;

    /// Stops reading from the upstream, and goes on. While paused, what is in flight is kept (at
    /// most about 300 KiB), time does not count as idle, and no callback comes but `onEnd` with a
    /// failure.
    virtual void pause() = 0;
    virtual void resume() = 0;

    /// After an answer of 101: sends bytes. False if more are waiting than should be; then write no
    /// more until `onDrained`.
    virtual bool write(QByteArrayView bytes) = 0;
};

/// What becomes of a call. All on the client's thread; after `onEnd` nothing follows. A callback
/// may destroy the call that calls it, send others, and destroy the client; it must not run an
/// event loop.
struct UpstreamEvents {
    /// The final status (never 1xx) and its headers, as on the wire.
    std::function<void(int status, HeaderList headers)> onHead;
    std::function<void(QByteArrayView bytes)> onBody;
    /// Nothing: the answer is whole. Before `onHead` if there was none.
    std::function<void(const std::optional<UpstreamFailure> &failure)> onEnd;
    /// What was written has gone out, mostly; after a `write` that gave false.
    std::function<void()> onDrained = nullptr;
};

class UpstreamConnection;
class UpstreamConnectionUser;

/// Sends requests over pooled connections, on the event loop of the thread on which it is created,
/// used and destroyed. libcurl opens the connections; HTTP/1.1 over them is spoken here, HTTP/2 by
/// libcurl. Follows no redirect, keeps no cookie, asks for no compression.
///
/// A call has a connection to itself while it runs, with HTTP/2 too: streams that share one would
/// wait for each other whenever a slow client makes one of them pause. A request whose pooled
/// connection turns out to be dead before any byte of an answer is repeated once, on a fresh
/// connection. A connection is not used again once the machine has come into another network or has
/// slept for long; one on which nobody answers any more is given up after about a minute.
class UpstreamClient {
public:
    /// `network`: may be null, if nobody watches it.
    explicit UpstreamClient(std::shared_ptr<const MachineNetwork> network = nullptr);
    ~UpstreamClient();
    UpstreamClient(const UpstreamClient &) = delete;
    UpstreamClient &operator=(const UpstreamClient &) = delete;

    /// Callbacks come from the event loop, never from within `send`.
    std::unique_ptr<UpstreamCall> send(UpstreamRequest request, UpstreamEvents events);

    /// Opens a connection to where the request would go, by its URL, CA file, TLS, proxy and limit
    /// for connecting, for what is no request with one answer. It is nobody else's, before and
    /// after, and no `maxConnections` counts it. Errors are those of `send`.
    Result<std::unique_ptr<UpstreamConnection>> open(const UpstreamRequest &request,
                                                     UpstreamConnectionUser &user);

private:
    class Private;
    /// Shared with the calls, which may outlive the client: they then end silently.
    std::shared_ptr<Private> d;
};

} // namespace quaygate
