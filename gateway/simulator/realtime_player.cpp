#include "gateway/simulator/realtime_player.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

using Kind = WebSocketMessage::Kind;

RealtimePlayer::RealtimePlayer(ExchangePtr exchange, SimulatedAnswer answer, QObject *parent)
    : QObject(parent), m_exchange(std::move(exchange)), m_answer(std::move(answer)) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_queue.front().delay = Milliseconds(0);
        play();
    });
}

RealtimePlayer::~RealtimePlayer() {
    m_exchange->onClosed = nullptr;
    m_exchange->onPause = nullptr;
    m_exchange->onResume = nullptr;
    m_exchange->onBytes = nullptr;
}

void RealtimePlayer::start() {
    m_exchange->onClosed = [this] { settle(AnswerPlayer::Outcome::Cancelled); };
    m_exchange->onPause = [this] { pause(true); };
    m_exchange->onResume = [this] { pause(false); };
    m_exchange->onBytes = [this](QByteArrayView bytes) { read(bytes); };
    m_exchange->upgrade("websocket", m_answer.headers);
    for (SimulatedAnswer::Piece &event : m_answer.session->begin())
        m_queue.push_back(std::move(event));
    play();
}

void RealtimePlayer::read(QByteArrayView bytes) {
    for (const WebSocketMessage &message : m_reader.feed(bytes)) {
        if (m_ended)
            return;
        take(message);
    }
    if (!m_ended && m_reader.problem() != 0)
        closeWith(m_reader.problem(), "The client broke the protocol of WebSockets.");
}

void RealtimePlayer::take(const WebSocketMessage &message) {
    switch (message.kind) {
    case Kind::Text:
        return hear(message.bytes);
    case Kind::Binary:
        return closeWith(1003, "Realtime takes text, not binary messages.");
    case Kind::Ping:
        return m_exchange->write(webSocketFrame(Kind::Pong, message.bytes));
    case Kind::Close:
        // With the code that came, but not with a reason of the client's.
        return close(QByteArrayView(message.bytes).first(message.bytes.size() < 2 ? 0 : 2));
    case Kind::Pong:
        break;
    }
}

void RealtimePlayer::hear(const QByteArray &text) {
    RealtimeSession::Reaction reaction =
        m_answer.session->hear(text, !m_queue.empty(), std::chrono::system_clock::now());
    if (reaction.drops) {
        m_queue.clear();
        m_timer.stop();
    }
    // Answers to other events do not wait for the end of a response.
    const bool responds = m_queue.empty();
    for (SimulatedAnswer::Piece &event : reaction.events) {
        if (responds)
            m_queue.push_back(std::move(event));
        else
            m_exchange->write(webSocketFrame(Kind::Text, event.bytes));
    }
    if (responds)
        play();
}

void RealtimePlayer::play() {
    while (!m_queue.empty() && !m_paused && !m_ended && !m_timer.isActive()) {
        if (m_queue.front().delay.count() > 0) {
            m_timer.start(m_queue.front().delay);
            return;
        }
        // Writing may end the player, and the queue with it.
        const QByteArray event = std::move(m_queue.front().bytes);
        m_queue.pop_front();
        m_exchange->write(webSocketFrame(Kind::Text, event));
    }
}

void RealtimePlayer::pause(bool paused) {
    m_paused = paused;
    m_exchange->setReading(!paused);
    if (!paused)
        play();
}

void RealtimePlayer::close(QByteArrayView payload) {
    m_exchange->write(webSocketFrame(Kind::Close, payload));
    m_exchange->end();
    settle(AnswerPlayer::Outcome::Completed);
}

void RealtimePlayer::closeWith(int code, QByteArrayView reason) {
    m_exchange->write(webSocketCloseFrame(code, reason));
    m_exchange->end();
    settle(AnswerPlayer::Outcome::Completed);
}

void RealtimePlayer::settle(AnswerPlayer::Outcome outcome) {
    m_timer.stop();
    m_queue.clear();
    if (!std::exchange(m_ended, true))
        emit ended(outcome);
}

} // namespace quaygate::simulator
