#pragma once

#include "gateway/http/upstream_transfer.h"

#include <utility>
#include <vector>

namespace quaygate {

/// Where engines note which transfers have received, moved to another stage or finished, each once.
struct Notebook {
    UpstreamTransfer::Clock::time_point now = UpstreamTransfer::Clock::now();
    std::vector<UpstreamTransfer *> changed;

    void note(UpstreamTransfer &transfer) {
        if (!std::exchange(transfer.noted, true))
            changed.push_back(&transfer);
    }
    void forget(UpstreamTransfer &transfer) {
        if (std::exchange(transfer.noted, false))
            std::erase(changed, &transfer);
    }
    /// Moves them there, in place of what is in it; the memory is used in turn.
    void take(std::vector<UpstreamTransfer *> &into) {
        into.clear();
        into.swap(changed);
        for (UpstreamTransfer *transfer : into)
            transfer->noted = false;
    }
};

/// Moves transfers on and notes what became of them. It calls nobody, so every method may be called
/// at any time. It decides nothing but whether a dead pooled connection is tried again.
class UpstreamEngine {
public:
    virtual ~UpstreamEngine() = default;

    /// Sends it now; it must stay until it is finished or dropped. `caFile` holds the certificate
    /// authorities, and is empty for those built in.
    virtual void start(UpstreamTransfer &transfer, const QByteArray &caFile) = 0;

    /// Forgets it at once, whatever phase it is in. Nothing happens if it is not under way.
    virtual void drop(UpstreamTransfer &transfer) = 0;

    /// Goes on with a transfer that was held back because it was full.
    virtual void goOn(UpstreamTransfer &transfer) = 0;

    /// How far it has come, for a failure that the engine does not know of itself.
    virtual UpstreamPhase phase(const UpstreamTransfer &transfer) const = 0;
};

} // namespace quaygate
