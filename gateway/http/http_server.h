#pragma once

#include "gateway/http/exchange.h"
#include "gateway/http/server_load.h"
#include "gateway/result.h"

#include <QHostAddress>
#include <QList>

#include <chrono>
#include <memory>

namespace quaygate {

/// What a client may cost. Sizes in bytes.
struct ServerLimits {
    qint64 headerBytes = 64 * 1024;      ///< request line and headers; more is 431
    qint64 targetBytes = 16 * 1024;      ///< more is 414
    qint64 bodyBytes = 64 * 1024 * 1024; ///< more is 413, on the declared length before reading it
    int connections = 1024;              ///< more is 503
    int inFlight = 512;                  ///< exchanges at once; more is 503 with Retry-After
    std::chrono::milliseconds headerTime{15'000}; ///< for the whole head; then 408
    std::chrono::milliseconds bodyStall{30'000};  ///< without a byte of the body; then 408
    std::chrono::milliseconds keepAlive{75'000};  ///< idle between requests
    std::chrono::milliseconds writeStall{30'000}; ///< without the client taking a byte; then cut

    bool operator==(const ServerLimits &) const = default;
};

/// Makes the answer to a request that the server itself refuses (400, 408, 413, 414, 431, 503,
/// 505): `body` and its content type. The server knows nothing of JSON.
struct Refusal {
    QByteArray contentType;
    QByteArray body;
};
using RefusalWriter = std::function<Refusal(const Error &error)>;

/// An HTTP/1.1 server on one thread. Create, use and destroy it on the thread whose event loop
/// serves it.
class HttpServer {
public:
    /// Servers that share a `load` share the limits of connections and exchanges too.
    explicit HttpServer(ExchangeHandler handler, ServerLimits limits = {},
                        std::shared_ptr<ServerLoad> load = std::make_shared<ServerLoad>());
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    /// How refusals look; plain text if never called.
    void setRefusalWriter(RefusalWriter writer);

    /// For connections and requests that come from now on.
    void setLimits(const ServerLimits &limits);

    /// Listens on all of `addresses` at one port and leaves the places where it listened before;
    /// whatever is connected stays so. Port 0 takes one that is free on all. IPv6 is left out where
    /// the machine has none. Returns the port; on AddressInUse or AddressNotAvailable nothing has
    /// changed.
    Result<quint16> listen(const QList<QHostAddress> &addresses, quint16 port);

    /// Asked for every connection that comes, if set: true if another server has it, by `adopt` on
    /// its own thread.
    std::function<bool(qintptr descriptor)> handOver;
    /// Serves what `adopt` brings, without listening.
    void open();
    /// Takes a connected descriptor over; closes it if the server neither listens nor is open.
    void adopt(qintptr descriptor);

    /// Takes no new connection and closes the idle ones; exchanges in flight go on.
    void stopListening();
    /// The same, but a client that has just come still gets its first answer.
    void retire();

    /// Exchanges whose answer has not ended.
    int inFlight() const;
    /// Called whenever `inFlight` has become 0.
    std::function<void()> onIdle;
    bool hasConnections() const;
    /// Called whenever the last connection has closed.
    std::function<void()> onEmpty;

    /// Cuts every connection.
    void closeAll();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
