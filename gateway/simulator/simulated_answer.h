#pragma once

#include "gateway/http/header_list.h"

#include <QByteArray>

#include <chrono>
#include <vector>

namespace quaygate::simulator {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::system_clock::time_point;

/// An answer as a value: what to send, when, and how it ends. Nothing of it knows a connection, so
/// that all the simulator says and does can be tested without one.
struct SimulatedAnswer {
    struct Piece {
        QByteArray bytes;
        Milliseconds delay{0}; ///< before it, counted from the piece before
    };

    enum class Ending {
        Whole,
        Cut,   ///< the connection is cut behind the last piece
        Reset, ///< the connection is cut before the first byte
    };

    /// Who speaks decides which headers come along.
    enum class Speaker { Gateway, Model };

    int status = 200;
    HeaderList headers; ///< without length and date, which the server adds
    std::vector<Piece> pieces;
    bool streamed = false; ///< without a length
    bool byteByByte = false;
    Milliseconds firstByteDelay{0};
    Ending ending = Ending::Whole;
    Speaker speaker = Speaker::Gateway;
    int tokens = 0; ///< counted against the deployment's quota
    /// What an error in the middle of its stream looks like, behind `number` events. Null: as in a
    /// chat's.
    QByteArray (*errorEvent)(std::size_t number) = nullptr;

    /// The pieces joined.
    QByteArray body() const {
        QByteArray all;
        for (const Piece &piece : pieces)
            all += piece.bytes;
        return all;
    }
};

} // namespace quaygate::simulator
