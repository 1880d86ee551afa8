#pragma once

#include "gateway/http/header_list.h"

#include <QByteArray>
#include <QHostAddress>

#include <functional>
#include <memory>

namespace quaygate {

/// A request as it came, owned: nothing of the connection is needed to read it.
struct HttpRequest {
    QByteArray method;
    /// The raw request target ("/a%20b?c=d"), never decoded; absolute-form is cut down to the path.
    QByteArray target;
    int minorVersion = 1; ///< HTTP/1.x
    HeaderList headers;
    QByteArray body; ///< already unchunked
    QHostAddress peer;
};

/// One request of one client and its answer. Lives on the worker thread of its connection; all
/// calls and callbacks are on that thread. After the client has left, writing is harmless and does
/// nothing.
///
/// The answer is `begin`, any number of `write`, then `end`; framing (length or chunks, HEAD,
/// HTTP/1.0, keep-alive) is the connection's affair. An Exchange dropped before `end` cuts the
/// connection, so that the client sees a broken answer instead of waiting.
class Exchange {
public:
    virtual ~Exchange() = default;

    const HttpRequest &request() const { return m_request; }
    HttpRequest &request() { return m_request; }

    /// Status line and headers. `Content-Length` in `headers` is honoured; without it the body is
    /// chunked (or ends with the connection for HTTP/1.0). Hop-by-hop headers in `headers` are not
    /// sent.
    virtual void begin(int status, const HeaderList &headers) = 0;
    /// Sent at once.
    virtual void write(QByteArrayView bytes) = 0;
    virtual void end() = 0;
    /// Cuts the connection: what was begun cannot be finished.
    virtual void abort() = 0;

    /// A whole answer at once, in one write.
    virtual void respond(int status, HeaderList headers, QByteArrayView body) = 0;

    /// Leaves HTTP, as the client has asked for (RFC 9110, 7.8): answers 101 with these headers and
    /// those that say so. From then on `write` sends bytes as they are, `onBytes` brings the
    /// client's, and `end` closes when what was written has been taken. Instead of `begin`.
    virtual void upgrade(QByteArrayView protocol, const HeaderList &headers) = 0;
    /// After `upgrade`: whether `onBytes` may come. What is not read stays with the client.
    virtual void setReading(bool reading) = 0;

    virtual bool hasBegun() const = 0;
    /// The client has left, or the answer has ended.
    virtual bool isClosed() const = 0;

    /// The client left before `end`. Called at most once; not after `end` or `abort`.
    std::function<void()> onClosed;
    /// The client reads too slowly: stop writing soon (what is written meanwhile is still sent).
    std::function<void()> onPause;
    /// The client has caught up.
    std::function<void()> onResume;
    /// After `upgrade`, from the event loop. May end or abort the exchange.
    std::function<void(QByteArrayView bytes)> onBytes;

protected:
    explicit Exchange(HttpRequest request) : m_request(std::move(request)) {}

private:
    HttpRequest m_request;
};

using ExchangePtr = std::shared_ptr<Exchange>;

/// Takes every complete request of a server. Called on the worker thread; must not block.
using ExchangeHandler = std::function<void(ExchangePtr)>;

} // namespace quaygate
