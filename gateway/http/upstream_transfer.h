#pragma once

#include "gateway/http/upstream_client.h"
#include "gateway/http/upstream_failure.h"
#include "gateway/http/upstream_head.h"
#include "gateway/http/upstream_target.h"

#include <chrono>
#include <optional>

namespace quaygate {

/// What is known of one call under way: the part of it that needs no HTTP library. Pure.
struct UpstreamTransfer {
    using Clock = std::chrono::steady_clock;

    enum class Stage {
        Queued,     ///< waits for one of the host's connections
        Connecting, ///< resolving, connecting, TLS
        Sending,
        Waiting,
        Receiving,
        Over, ///< ended or cancelled
    };

    struct Deadline {
        Clock::time_point at;
        std::chrono::milliseconds limit{0};
        bool total = false;
    };

    UpstreamTransfer(UpstreamRequest itsRequest, UpstreamEvents itsEvents, UpstreamTarget itsTarget,
                     Clock::time_point now);

    /// When it must have got further than it is now; nothing if there is no limit.
    std::optional<Deadline> deadline() const;

    void connecting(Clock::time_point now);
    /// The connection is there and the request goes out; `watched`: how far is told by `uploaded`.
    void sending(Clock::time_point now, bool watched);
    void uploaded(qint64 bytes, Clock::time_point now);
    void received(Clock::time_point now);

    /// How far it has come once it has a connection.
    std::optional<UpstreamPhase> phaseWhenConnected() const;

    /// What a message about its failure says, as far as it is known here.
    FailureContext failureContext(UpstreamPhase phase) const;

    /// True if the receiver must not get more than it has now.
    bool isFull() const { return body.size() >= maxHeldBytes; }

    /// Another protocol is spoken, in which silence is no failure.
    bool isUpgraded() const { return head.isComplete() && head.status() == 101; }

    /// How much of an answer is kept for a receiver that does not take it, and of what was written
    /// after an upgrade for an upstream that does not.
    static constexpr qsizetype maxHeldBytes = 256 * 1024;

    UpstreamRequest request;
    UpstreamEvents events;
    UpstreamTarget target;

    Stage stage = Stage::Queued;
    Clock::time_point started;
    Clock::time_point stageSince;
    Clock::time_point lastProgress;
    std::optional<Clock::time_point> lookAgainAt; ///< when the client checks the deadline

    ResponseHead head;
    QByteArray body; ///< received and not handed on
    bool headGiven = false;
    bool paused = false;
    bool finished = false; ///< the upstream's side is over; what is held is still to be handed on
    std::optional<UpstreamFailure> failure;
    qint64 bodySent = 0;
    qsizetype unsent = 0; ///< bytes written after an upgrade that have not gone out
    bool drained = false; ///< they have now, and the writer waits to hear of it
    bool noted = false;   ///< is in the engine's list of changed ones
};

} // namespace quaygate
