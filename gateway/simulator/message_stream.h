#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace quaygate::simulator {

/// A block of a message's content, as it ends, and the pieces in which its text, its thinking or
/// its input comes in a stream.
struct MessageBlock {
    QJsonObject whole;
    QStringList pieces;
};

/// The events of a streamed message in Anthropic's order, one piece each.
std::vector<SimulatedAnswer::Piece>
messageEvents(const QJsonObject &message, const QList<MessageBlock> &blocks, Milliseconds interval);

} // namespace quaygate::simulator
