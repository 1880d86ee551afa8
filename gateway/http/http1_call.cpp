#include "gateway/http/http1_call.h"

#include "gateway/http/http1_request.h"
#include "gateway/http/read_buffer.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Clock = UpstreamTransfer::Clock;
using Stage = UpstreamTransfer::Stage;
using Outcome = UpstreamConnection::Received::Outcome;

/// How much of a large body is offered at once, so that a fast upstream leaves time for others.
constexpr qsizetype sendBytes = 1024 * 1024;
/// A larger text is not kept for the next request.
constexpr std::size_t keptText = 32 * 1024;

Http1Answer::Wanted wantedOf(const UpstreamRequest &request) {
    if (request.method == "HEAD")
        return Http1Answer::Wanted::HeadOnly;
    return request.upgrade.isEmpty() ? Http1Answer::Wanted::Body : Http1Answer::Wanted::Upgrade;
}

} // namespace

void Http1Call::begin(UpstreamTransfer &transfer, const QByteArray &caFile) {
    m_transfer = &transfer;
    const UpstreamRequest &request = transfer.request;
    m_settings = {transfer.target, caFile, request.proxy, request.minTls};
    appendHttp1Head(m_text, request, transfer.target);
    m_headSize = qint64(m_text.size());
    m_toSend = m_headSize;
    if (sendsBody(request)) {
        m_toSend += request.body.size();
        const auto room = UpstreamConnection::pieceSize - qsizetype(m_text.size());
        const auto size = std::clamp<qsizetype>(room, 0, request.body.size());
        m_text.append(request.body.constData(), std::size_t(size));
    }
    m_connection = m_calls.pool.take(m_settings, ConnectionPool::Clock::now());
    if (m_connection) {
        m_reused = true;
        m_connection->setUser(*this);
        sendRequest();
    } else {
        open();
    }
}

void Http1Call::clear() {
    m_connection.reset();
    m_transfer = nullptr;
    m_answer.reset();
    m_written.clear();
    m_writtenSent = 0;
    wipe(std::span(m_text));
    m_text.clear();
    if (m_text.capacity() > keptText)
        m_text.shrink_to_fit();
    m_reused = m_repeated = m_gotBytes = m_heldBack = m_sendingBroke = m_isRefused = false;
}

void Http1Call::open() {
    m_transfer->connecting(m_calls.loop->now());
    m_connection = std::make_unique<UpstreamConnection>(
        m_calls.loop, m_settings, m_transfer->request.timeouts.connect, *this);
}

UpstreamPhase Http1Call::phase() const {
    if (const auto phase = m_transfer->phaseWhenConnected())
        return *phase;
    return m_connection ? m_connection->phase() : UpstreamPhase::Connecting;
}

void Http1Call::connectionOpened() {
    sendRequest();
    m_calls.book.note(*m_transfer);
}

void Http1Call::connectionFailed(UpstreamCause cause, UpstreamPhase phase, const QString &reason) {
    fail(cause, phase, reason);
}

void Http1Call::sendRequest() {
    m_sent = 0;
    m_answer.emplace(wantedOf(m_transfer->request), m_transfer->head, m_transfer->body);
    const qint64 inOnePiece = qint64(m_text.size());
    m_transfer->sending(m_calls.loop->now(), m_toSend > inOnePiece);
    sendMore();
    watch();
    if (m_sendingBroke)
        m_connection->askReady();
}

/// Sends what the connection takes now.
void Http1Call::sendMore() {
    const qint64 textSize = qint64(m_text.size());
    const QByteArray &body = m_transfer->request.body;
    while (!isSent()) {
        const bool inText = m_sent < textSize;
        QByteArrayView piece = inText ? QByteArrayView(m_text.data(), textSize).sliced(m_sent)
                                      : QByteArrayView(body).sliced(m_sent - m_headSize);
        piece = piece.first(std::min(piece.size(), sendBytes));
        const auto taken = m_connection->send(piece);
        m_sendingBroke = !taken;
        if (!taken)
            return;
        m_sent += *taken;
        if (!inText || *taken < piece.size())
            break;
    }
    const Stage before = m_transfer->stage;
    m_transfer->uploaded(std::max<qint64>(m_sent - m_headSize, 0), m_calls.loop->now());
    if (m_transfer->stage != before)
        m_calls.book.note(*m_transfer);
}

void Http1Call::write(QByteArrayView bytes) {
    if (!m_connection || m_sendingBroke || bytes.isEmpty())
        return;
    m_transfer->unsent += bytes.size();
    m_written.push_back(bytes.toByteArray());
    if (m_written.size() > 1)
        return; // it waits its turn
    sendWritten();
    watch();
    if (m_sendingBroke)
        m_connection->askReady();
}

void Http1Call::sendWritten() {
    while (!m_written.empty()) {
        const QByteArrayView piece = QByteArrayView(m_written.front()).sliced(m_writtenSent);
        const auto taken = m_connection->send(piece);
        m_sendingBroke = !taken;
        if (!taken)
            return;
        m_transfer->unsent -= *taken;
        m_writtenSent += *taken;
        if (*taken < piece.size())
            return;
        m_written.pop_front();
        m_writtenSent = 0;
    }
}

void Http1Call::watch() {
    m_connection->watch(!m_heldBack, sendsOn() || (!m_written.empty() && !m_sendingBroke));
}

void Http1Call::connectionReady(bool readable, bool writable) {
    if (writable && !m_written.empty() && !m_sendingBroke) {
        sendWritten();
        watch();
        m_transfer->drained = m_transfer->unsent < UpstreamTransfer::maxHeldBytes / 2;
        m_calls.book.note(*m_transfer);
    }
    if (writable && sendsOn()) {
        sendMore();
        if (!sendsOn())
            watch();
    }
    // What was read before the sending failed may say why.
    if ((readable || m_sendingBroke) && !m_heldBack)
        read();
}

void Http1Call::goOn() {
    if (!std::exchange(m_heldBack, false))
        return;
    watch();
    m_connection->askReady();
}

void Http1Call::read() {
    const std::span<char> buffer = readBuffer<Http1Call>();
    while (true) {
        if (m_transfer->isFull()) {
            m_heldBack = true;
            watch();
            return;
        }
        const auto got = m_connection->receive(buffer.data(), qsizetype(buffer.size()));
        switch (got.outcome) {
        case Outcome::Bytes:
            if (!take({buffer.data(), got.size}) || !got.mayHoldMore)
                return;
            break;
        case Outcome::Nothing:
            if (m_sendingBroke)
                lost(UpstreamCause::Closed, m_connection->reason());
            return;
        case Outcome::End:
            if (m_answer->end() == Http1Answer::State::Complete)
                finish();
            else
                lost(m_answer->cause(), u"The upstream closed the connection."_s);
            return;
        case Outcome::Broken:
            lost(m_transfer->head.isComplete() ? UpstreamCause::Cut : UpstreamCause::Closed,
                 m_connection->reason());
            return;
        }
    }
}

/// True if the answer goes on.
bool Http1Call::take(QByteArrayView bytes) {
    m_gotBytes = true;
    const auto state = m_answer->feed(bytes);
    if (m_answer->hasBegun())
        m_transfer->received(m_calls.loop->now());
    m_calls.book.note(*m_transfer);
    if (state == Http1Answer::State::Complete) {
        finish();
        return false;
    }
    if (state == Http1Answer::State::Broken) {
        fail(m_answer->cause(), phase(), {});
        return false;
    }
    stopSendingIfRefused();
    if (isSent() && !m_text.empty()) { // it will not be sent again, and the answer may be long
        wipe(std::span(m_text));
        m_text = {};
    }
    return true;
}

/// Who refuses a request does not want the rest of it.
void Http1Call::stopSendingIfRefused() {
    const ResponseHead &head = m_transfer->head;
    if (!sendsOn() || !head.isComplete() || head.status() < 300)
        return;
    m_isRefused = true;
    watch();
}

/// The connection is dead before the answer is whole. That of a pooled one may have been so from
/// the start.
void Http1Call::lost(UpstreamCause cause, const QString &detail) {
    if (!m_reused || m_repeated || m_gotBytes) {
        fail(cause, phase(), detail);
        return;
    }
    m_repeated = true;
    m_reused = m_sendingBroke = false;
    open();
    m_calls.book.note(*m_transfer);
}

void Http1Call::fail(UpstreamCause cause, UpstreamPhase phase, const QString &detail) {
    FailureContext context = m_transfer->failureContext(phase);
    context.detail = detail;
    context.limit = m_transfer->request.timeouts.connect;
    const auto elapsed = m_calls.loop->now() - m_transfer->started;
    m_transfer->failure =
        UpstreamFailure{upstreamError(cause, context), phase,
                        std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)};
    finish();
}

void Http1Call::finish() {
    m_transfer->finished = true;
    m_calls.book.note(*m_transfer);
    if (!m_transfer->failure && isSent() && m_answer->keepsAlive())
        m_calls.pool.giveBack(std::move(m_connection), ConnectionPool::Clock::now());
    m_calls.ended(*this);
}

} // namespace quaygate
