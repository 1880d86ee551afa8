#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/answer_player.h"
#include "gateway/simulator/simulator.h"

#include <QMutex>

namespace quaygate::simulator {

/// The simulator's statistics, written on its thread and read from any. Holds no key.
class RequestLedger {
public:
    void requestCame(const HttpRequest &request, bool keyMatched);
    void requestEnded(AnswerPlayer::Outcome outcome);

    SimulatorStatistics statistics() const;

private:
    mutable QMutex m_mutex;
    SimulatorStatistics m_statistics;
};

} // namespace quaygate::simulator
