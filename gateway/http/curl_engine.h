#pragma once

#include "gateway/http/upstream_transfer.h"

#include <functional>
#include <memory>
#include <vector>

namespace quaygate {

/// The only place that knows libcurl: its multi interface, driven by the event loop of the thread
/// on which the engine is created, used and destroyed. It moves transfers on (`UpstreamTransfer` is
/// its notebook) and decides nothing but whether a dead pooled connection is tried again.
///
/// No function of the user's is ever called from within libcurl, so every method may be called at
/// any time.
class CurlEngine {
public:
    /// `onWork` is called from the event loop whenever transfers have changed; it may destroy the
    /// engine.
    explicit CurlEngine(std::function<void()> onWork);
    ~CurlEngine();
    CurlEngine(const CurlEngine &) = delete;
    CurlEngine &operator=(const CurlEngine &) = delete;

    /// Sends it now; it must stay until it is finished or dropped. `lines` are its header lines
    /// without the secret one; `caFile` holds the certificate authorities, and is empty for those
    /// built in.
    void start(UpstreamTransfer &transfer, const QList<QByteArray> &lines,
               const QByteArray &caFile);

    /// Forgets it at once, whatever phase it is in. Nothing happens if it is not under way.
    void drop(UpstreamTransfer &transfer);

    /// Goes on with a transfer that was held back because it was full.
    void goOn(UpstreamTransfer &transfer);

    /// How far it has come, for a failure that the engine does not know of itself.
    UpstreamPhase phase(const UpstreamTransfer &transfer) const;

    /// The transfers that received, moved to another stage or finished since the last call; each
    /// once.
    std::vector<UpstreamTransfer *> takeChanged();

    /// The file with the system's certificate authorities; empty if libcurl uses no file.
    static QString systemCaFile();

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace quaygate
