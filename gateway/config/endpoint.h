#pragma once

#include "gateway/result.h"

#include <QString>

namespace quaygate {

/// Where a backend is reached, read from the text that a configuration holds. A value; any thread.
struct Endpoint {
    bool tls = true;
    /// Lower case and in ASCII (an international name in its xn-- spelling); an IPv6 address
    /// without its brackets.
    QString host;
    int port = 443;
    /// Empty, or "/segment/segment" without a trailing slash, percent-encoded for the wire.
    QString pathPrefix;

    /// True if the host is this very machine, judged without asking a name server: "localhost",
    /// 127.0.0.0/8 and ::1.
    bool isLoopback() const;

    /// "https://host[:port][/prefix]": the port only where it is not the scheme's own, an IPv6
    /// address in brackets. Nothing is left to encode.
    QString url() const;

    bool operator==(const Endpoint &) const = default;
};

/// Reads `host`, `host:port`, `https://host[:port][/prefix]` or, for loopback alone, the same with
/// `http:`. Everything else (a user name, a query, another scheme, a host that is none) is refused
/// with InvalidAddress and a sentence that says why. "simulator:" is no endpoint; see
/// `isSimulator`.
Result<Endpoint> parseEndpoint(const QString &text);

} // namespace quaygate
