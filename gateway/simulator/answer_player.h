#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/simulated_answer.h"

#include <QObject>
#include <QTimer>

#include <cstddef>

namespace quaygate::simulator {

/// Plays one answer onto one exchange, at its pace and with its faults. Stops at once when the
/// client leaves, and waits while it reads too slowly. Lives on the exchange's thread.
class AnswerPlayer : public QObject {
    Q_OBJECT

public:
    enum class Outcome { Completed, Cancelled, Cut };

    AnswerPlayer(ExchangePtr exchange, SimulatedAnswer answer, QObject *parent);
    ~AnswerPlayer() override;

    void start();

signals:
    /// Once, unless the player is destroyed before.
    void ended(quaygate::simulator::AnswerPlayer::Outcome outcome);

private:
    void begin();
    void play();
    void playBytes();
    void finish();
    void waitFor(Milliseconds delay, void (AnswerPlayer::*next)());
    void proceed();
    void settle(Outcome outcome);

    ExchangePtr m_exchange;
    SimulatedAnswer m_answer;
    QTimer m_timer;
    void (AnswerPlayer::*m_next)() = nullptr; ///< what the timer or the client's catching up starts
    std::size_t m_piece = 0;
    qsizetype m_byte = 0;
    bool m_delayed = false; ///< the delay of the next piece is over
    bool m_paused = false;
    bool m_ended = false;
};

} // namespace quaygate::simulator
