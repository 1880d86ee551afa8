#include "gateway/simulator/answer_player.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// What was written before a cut has to be on the way before the connection goes.
constexpr Milliseconds beforeCut{20};

} // namespace

AnswerPlayer::AnswerPlayer(ExchangePtr exchange, SimulatedAnswer answer, QObject *parent)
    : QObject(parent), m_exchange(std::move(exchange)), m_answer(std::move(answer)) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AnswerPlayer::proceed);
}

AnswerPlayer::~AnswerPlayer() {
    if (!m_exchange)
        return;
    m_exchange->onClosed = nullptr;
    m_exchange->onPause = nullptr;
    m_exchange->onResume = nullptr;
}

void AnswerPlayer::start() {
    m_exchange->onClosed = [this] { settle(Outcome::Cancelled); };
    m_exchange->onPause = [this] { m_paused = true; };
    m_exchange->onResume = [this] {
        m_paused = false;
        if (!m_timer.isActive())
            proceed();
    };
    if (m_answer.firstByteDelay.count() > 0)
        waitFor(m_answer.firstByteDelay, &AnswerPlayer::begin);
    else
        begin();
}

void AnswerPlayer::begin() {
    if (m_answer.ending == SimulatedAnswer::Ending::Reset) {
        m_exchange->abort();
        settle(Outcome::Cut);
        return;
    }
    if (!m_answer.streamed) {
        qsizetype length = 0;
        for (const SimulatedAnswer::Piece &piece : m_answer.pieces)
            length += piece.bytes.size();
        m_answer.headers.set("Content-Length"_ba, QByteArray::number(length));
    }
    m_exchange->begin(m_answer.status, m_answer.headers);
    play();
}

void AnswerPlayer::play() {
    while (m_piece < m_answer.pieces.size()) {
        const SimulatedAnswer::Piece &piece = m_answer.pieces[m_piece];
        if (!m_delayed && piece.delay.count() > 0) {
            m_delayed = true;
            return waitFor(piece.delay, &AnswerPlayer::play);
        }
        m_next = &AnswerPlayer::play;
        if (m_paused)
            return;
        m_delayed = false;
        if (m_answer.byteByByte)
            return playBytes();
        ++m_piece;
        m_exchange->write(piece.bytes);
    }
    finish();
}

void AnswerPlayer::playBytes() {
    const QByteArray &bytes = m_answer.pieces[m_piece].bytes;
    if (m_byte < bytes.size()) {
        m_exchange->write(QByteArrayView(bytes).sliced(m_byte++, 1));
        return waitFor(Milliseconds(0), &AnswerPlayer::playBytes);
    }
    m_byte = 0;
    ++m_piece;
    play();
}

void AnswerPlayer::finish() {
    if (m_answer.ending == SimulatedAnswer::Ending::Cut) {
        m_answer.ending = SimulatedAnswer::Ending::Reset;
        return waitFor(beforeCut, &AnswerPlayer::begin);
    }
    m_exchange->end();
    settle(Outcome::Completed);
}

void AnswerPlayer::waitFor(Milliseconds delay, void (AnswerPlayer::*next)()) {
    m_next = next;
    m_timer.start(delay);
}

void AnswerPlayer::proceed() {
    if (!m_paused && m_next)
        (this->*std::exchange(m_next, nullptr))();
}

void AnswerPlayer::settle(Outcome outcome) {
    m_timer.stop();
    m_next = nullptr;
    if (!std::exchange(m_ended, true))
        emit ended(outcome);
}

} // namespace quaygate::simulator
