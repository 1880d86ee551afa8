#pragma once

#include "gateway/simulator/answer_player.h"
#include "gateway/simulator/realtime_session.h"
#include "gateway/simulator/web_socket_frames.h"

#include <QObject>
#include <QTimer>

#include <deque>

namespace quaygate::simulator {

/// Carries a Realtime session over an exchange that has become a WebSocket: its events at their
/// pace, pings answered, closed as the protocol wants. While a client reads too slowly, nothing is
/// read from it. Lives on the exchange's thread.
class RealtimePlayer : public QObject {
    Q_OBJECT

public:
    /// `answer` has a session.
    RealtimePlayer(ExchangePtr exchange, SimulatedAnswer answer, QObject *parent);
    ~RealtimePlayer() override;

    void start();

signals:
    /// Once, unless the player is destroyed before.
    void ended(quaygate::simulator::AnswerPlayer::Outcome outcome);

private:
    void read(QByteArrayView bytes);
    void take(const WebSocketMessage &message);
    void hear(const QByteArray &text);
    void play();
    void pause(bool paused);
    void close(QByteArrayView payload);
    void closeWith(int code, QByteArrayView reason);
    void settle(AnswerPlayer::Outcome outcome);

    ExchangePtr m_exchange;
    SimulatedAnswer m_answer;
    WebSocketReader m_reader;
    std::deque<SimulatedAnswer::Piece> m_queue;
    QTimer m_timer; ///< until the first of the queue is due
    bool m_paused = false;
    bool m_ended = false;
};

} // namespace quaygate::simulator
