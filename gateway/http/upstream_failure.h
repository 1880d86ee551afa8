#pragma once

#include "gateway/http/upstream_client.h"
#include "gateway/http/upstream_target.h"

namespace quaygate {

/// Why a call failed, in our terms; what a library calls it is mapped to this where it enters.
enum class UpstreamCause {
    NameNotResolved,
    ProxyNotResolved,
    ProxyUnreachable,
    ProxyRefused, ///< the proxy answered, and not with a tunnel
    Refused,
    Unreachable,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateWrongName,
    CertificateUnknownAuthority,
    CertificateRejected,
    TlsFailed,
    TimedOut,
    Queued, ///< timed out waiting for one of the host's connections
    Closed, ///< before the answer's head was whole
    Cut,    ///< in the middle of the body
    NotHttp,
    HeadTooLarge,
    BadFraming, ///< chunks or lengths that cannot be, or an HTTP/2 error
    StreamReset,
    OutOfMemory,
    Other,
};

/// What a message needs to be of use.
struct FailureContext {
    UpstreamTarget target;
    UpstreamPhase phase = UpstreamPhase::Resolving;
    QString proxy;
    bool hasCaFile = false;
    int maxConnections = 0;
    /// The limit that was passed, for `TimedOut` and `Queued`, and whether it was the one on
    /// everything.
    std::chrono::milliseconds limit{0};
    bool totalLimit = false;
    QString detail;
};

/// The error for it: one sentence for a person, and `detail` as it was given. Pure.
Error upstreamError(UpstreamCause cause, const FailureContext &context);

/// "500 ms", "10 s", "5 min".
QString inWords(std::chrono::milliseconds time);

} // namespace quaygate
