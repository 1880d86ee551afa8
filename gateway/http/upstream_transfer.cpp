#include "gateway/http/upstream_transfer.h"

namespace quaygate {

UpstreamTransfer::UpstreamTransfer(UpstreamRequest itsRequest, UpstreamEvents itsEvents,
                                   UpstreamTarget itsTarget, Clock::time_point now)
    : request(std::move(itsRequest))
    , events(std::move(itsEvents))
    , target(std::move(itsTarget))
    , started(now)
    , stageSince(now)
    , lastProgress(now) {
}

std::optional<UpstreamTransfer::Deadline> UpstreamTransfer::deadline() const {
    const UpstreamTimeouts &limits = request.timeouts;
    std::optional<Deadline> earliest;
    const auto consider = [&earliest](Clock::time_point from, std::chrono::milliseconds limit,
                                      bool total) {
        if (limit.count() > 0 && (!earliest || from + limit < earliest->at))
            earliest = Deadline{from + limit, limit, total};
    };
    consider(started, limits.total, true);
    switch (stage) {
    case Stage::Queued:
    case Stage::Waiting:
        consider(stageSince, limits.firstByte, false);
        break;
    case Stage::Connecting:
        consider(stageSince, limits.connect, false);
        break;
    case Stage::Sending:
        consider(lastProgress, limits.idle, false);
        break;
    case Stage::Receiving:
        if (!paused && !isUpgraded())
            consider(lastProgress, limits.idle, false);
        break;
    case Stage::Over:
        return std::nullopt;
    }
    return earliest;
}

void UpstreamTransfer::connecting(Clock::time_point now) {
    stage = Stage::Connecting;
    stageSince = now;
}

void UpstreamTransfer::sending(Clock::time_point now, bool watched) {
    stage = watched ? Stage::Sending : Stage::Waiting;
    stageSince = lastProgress = now;
    bodySent = 0;
}

void UpstreamTransfer::uploaded(qint64 bytes, Clock::time_point now) {
    if (stage != Stage::Sending || bytes == bodySent)
        return;
    bodySent = bytes;
    lastProgress = now;
    if (bodySent >= request.body.size()) {
        stage = Stage::Waiting;
        stageSince = now;
    }
}

void UpstreamTransfer::received(Clock::time_point now) {
    stage = Stage::Receiving;
    lastProgress = now;
}

std::optional<UpstreamPhase> UpstreamTransfer::phaseWhenConnected() const {
    switch (stage) {
    case Stage::Sending:
        return UpstreamPhase::Sending;
    case Stage::Waiting:
        return UpstreamPhase::Waiting;
    case Stage::Receiving:
        return UpstreamPhase::Receiving;
    default:
        return std::nullopt;
    }
}

FailureContext UpstreamTransfer::failureContext(UpstreamPhase phase) const {
    FailureContext context;
    context.target = target;
    context.phase = phase;
    context.proxy = request.proxy;
    context.hasCaFile = !request.caFile.isEmpty();
    context.maxConnections = request.maxConnections;
    return context;
}

} // namespace quaygate
