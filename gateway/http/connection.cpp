#include "gateway/http/connection.h"

#include "gateway/http/connection_exchange.h"
#include "gateway/http/read_buffer.h"

#include <array>
#include <charconv>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Above this the client is told to be slow, below half of it it has caught up.
constexpr qint64 highWater = 256 * 1024;
/// What one turn of the event loop may leave unwritten before it is written at once.
constexpr std::size_t flushSize = 64 * 1024;
/// Room that a connection keeps for its next answer.
constexpr std::size_t keptOutput = 8 * 1024;
/// What a client may still send after the last answer, and for how long: long enough that it reads
/// the answer before the closing of the socket throws it away (RFC 9112, 9.6).
constexpr qint64 lingerBytes = 128 * 1024 * 1024;
constexpr std::chrono::seconds lingerTime{5};

RequestBounds boundsOf(const ServerLimits &limits) {
    return {limits.headerBytes, limits.targetBytes, limits.bodyBytes};
}

} // namespace

Connection::Connection(quint64 number, qintptr descriptor, ConnectionOwner &owner)
    : m_number(number)
    , m_owner(owner)
    , m_socket(descriptor)
    , m_peer(m_socket.peerAddress())
    , m_parser(boundsOf(owner.limits())) {
    m_socket.onReadable = [this] { readAvailable(); };
    m_socket.onTaken = [this] { bytesTaken(); };
    m_socket.setReading(true);
    setDeadline(m_owner.limits().keepAlive);
}

Connection::~Connection() {
    m_socket.close();
    if (m_exchange)
        m_exchange->detach();
    noteExchangeEnded();
}

void Connection::readAvailable() {
    if (m_phase == Phase::Lingering)
        discardInput();
    else if (m_upgraded)
        readUpgraded();
    else if (m_phase != Phase::Closed)
        readRequest();
}

void Connection::readRequest() {
    const std::span<char> buffer = readBuffer<Connection>();
    while (m_phase == Phase::Reading || m_phase == Phase::Ready || m_phase == Phase::Answering) {
        // Reading goes on during an answer, for only that shows that the client has left; but what
        // it pipelines meanwhile is bounded.
        if (m_phase != Phase::Reading && m_parser.waitingBytes() >= m_owner.limits().headerBytes)
            return m_socket.setReading(false);
        const auto [outcome, size] = m_socket.read(buffer);
        if (outcome == ClientSocket::Outcome::Left)
            return cut();
        if (outcome == ClientSocket::Outcome::Nothing)
            return;
        const RequestParser::State before = m_parser.state();
        m_parser.feed(QByteArrayView(buffer.data(), size));
        if (m_phase == Phase::Reading) {
            watchRequest(before, true);
            afterFeed();
        }
        if (size < qsizetype(buffer.size()))
            return; // that was all; a call that only says so is saved
    }
}

/// Goes on with what the client pipelined.
void Connection::readWaiting() {
    if (m_phase != Phase::Reading)
        return;
    const RequestParser::State before = m_parser.state();
    m_parser.feed({});
    watchRequest(before, true);
    afterFeed();
    m_socket.setReading(true);
}

/// Sets the time that the client has for what it sends next.
void Connection::watchRequest(RequestParser::State before, bool progressed) {
    const RequestParser::State state = m_parser.state();
    const ServerLimits &limits = m_owner.limits();
    if (state == RequestParser::State::Idle && before != state)
        setDeadline(limits.keepAlive);
    else if (state == RequestParser::State::Head && before != state)
        setDeadline(limits.headerTime);
    else if (state == RequestParser::State::Body && (before != state || progressed))
        setDeadline(limits.bodyStall);
}

void Connection::afterFeed() {
    switch (m_parser.state()) {
    case RequestParser::State::Refused:
        refuse(m_parser.refusal().status, m_parser.refusal().error);
        return;
    case RequestParser::State::Body:
        answerExpectation();
        return;
    case RequestParser::State::Complete:
        m_phase = Phase::Ready;
        clearDeadline();
        m_owner.requestReady(*this);
        return;
    case RequestParser::State::Idle:
    case RequestParser::State::Head:
        return;
    }
}

void Connection::answerExpectation() {
    if (m_continueSent || !m_parser.expectsContinue())
        return;
    m_continueSent = true;
    m_output.append("HTTP/1.1 100 Continue\r\n\r\n");
    flush();
}

ExchangePtr Connection::beginExchange() {
    m_phase = Phase::Answering;
    m_isFresh = false;
    m_keepAlive = m_parser.keepAlive();
    auto exchange = std::make_shared<ConnectionExchange>(m_parser.take(), *this);
    exchange->request().peer = m_peer;
    m_exchange = exchange.get();
    m_minorVersion = exchange->request().minorVersion;
    m_isHead = exchange->request().method == "HEAD";
    m_inFlight = true;
    m_continueSent = false;
    return exchange;
}

void Connection::refuse(int status, const Error &error, const HeaderList &extra) {
    if (m_phase == Phase::Closed || m_phase == Phase::Lingering)
        return;
    const Refusal refusal = m_owner.refusal(error);
    HeaderList headers = extra;
    headers.set("Content-Type"_ba, refusal.contentType);
    headers.set("Content-Length"_ba, QByteArray::number(refusal.body.size()));
    appendResponseHead(m_output, status, headers, BodyFraming::Length, 1, false);
    m_output.append(refusal.body.data(), refusal.body.data() + refusal.body.size());
    flush();
    linger();
}

void Connection::onDeadline() {
    clearDeadline();
    if (m_phase == Phase::Reading && m_parser.state() == RequestParser::State::Head)
        refuse(408, {ErrorCode::RequestTimeout, u"The request's headers took too long."_s, {}});
    else if (m_phase == Phase::Reading && m_parser.state() == RequestParser::State::Body)
        refuse(408, {ErrorCode::RequestTimeout, u"The request's body stopped arriving."_s, {}});
    else
        cut(); // idle too long, or a client that does not take its answer
}

void Connection::drain(bool sparesFresh) {
    m_draining = true;
    const bool isIdle = m_phase == Phase::Reading && m_parser.state() == RequestParser::State::Idle;
    if (isIdle && !(m_isFresh && sparesFresh))
        cut();
}

void Connection::cut() {
    if (m_phase == Phase::Closed)
        return;
    m_socket.close();
    clientLeft();
}

void Connection::begin(int status, const HeaderList &headers) {
    m_keepAlive = m_keepAlive && !m_draining;
    m_lengthLeft.reset();
    const auto length = headers.find("Content-Length");
    const bool bodiless = m_isHead || status == 204 || status == 304;
    if (bodiless) {
        m_framing = BodyFraming::None;
    } else if (length) {
        m_framing = BodyFraming::Length;
        m_lengthLeft = length->toLongLong();
    } else {
        m_framing = m_minorVersion > 0 ? BodyFraming::Chunked : BodyFraming::UntilClose;
        m_keepAlive = m_keepAlive && m_minorVersion > 0;
    }
    appendResponseHead(m_output, status, headers, m_framing, m_minorVersion, m_keepAlive);
    scheduleFlush();
}

void Connection::write(QByteArrayView bytes) {
    if (m_lengthLeft) {
        bytes = bytes.first(std::min<qint64>(*m_lengthLeft, bytes.size()));
        *m_lengthLeft -= bytes.size();
    }
    appendBody(bytes);
    if (m_output.size() >= flushSize)
        flush();
    else
        scheduleFlush();
    reviewPressure();
}

void Connection::appendBody(QByteArrayView bytes) {
    if (bytes.isEmpty() || m_framing == BodyFraming::None)
        return;
    const auto size = static_cast<std::size_t>(bytes.size());
    if (m_framing != BodyFraming::Chunked) {
        m_output.append(bytes.data(), size);
        return;
    }
    std::array<char, 16> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), size, 16).ptr;
    m_output.append(digits.begin(), end).append("\r\n");
    m_output.append(bytes.data(), size).append("\r\n");
}

void Connection::finish() {
    if (m_lengthLeft.value_or(0) > 0) {
        cut(); // fewer bytes than announced: only a broken connection tells the client
        return;
    }
    if (m_framing == BodyFraming::Chunked)
        m_output.append("0\r\n\r\n");
    flush();
    exchangeDone();
}

void Connection::upgrade(QByteArrayView protocol, const HeaderList &headers) {
    // A client waits for the answer before it speaks the other protocol; what came before that was
    // read as HTTP and must not be taken for anything else.
    if (m_parser.state() != RequestParser::State::Idle || m_parser.waitingBytes() > 0)
        return cut();
    m_upgraded = true;
    m_keepAlive = false;
    m_framing = BodyFraming::UntilClose;
    m_lengthLeft.reset();
    appendUpgradeHead(m_output, protocol, headers);
    scheduleFlush();
}

void Connection::setReading(bool reading) {
    if (std::exchange(m_readsUpgraded, reading) == reading || m_phase != Phase::Answering)
        return;
    m_socket.setReading(reading);
}

void Connection::readUpgraded() {
    const std::span<char> buffer = readBuffer<Connection>();
    if (m_phase != Phase::Answering || !m_readsUpgraded)
        return;
    const auto [outcome, size] = m_socket.read(buffer);
    if (outcome == ClientSocket::Outcome::Left)
        return cut();
    if (outcome == ClientSocket::Outcome::Nothing || !m_exchange)
        return;
    // The callback may end the exchange: a copy stays alive while it runs.
    if (const auto take = m_exchange->onBytes)
        take({buffer.data(), size});
}

void Connection::scheduleFlush() {
    if (!std::exchange(m_flushScheduled, true))
        m_owner.flushSoon(*this);
}

void Connection::flush() {
    m_flushScheduled = false;
    if (m_output.empty() || m_phase == Phase::Closed)
        return;
    m_socket.write(QByteArrayView(m_output.data(), static_cast<qsizetype>(m_output.size())));
    if (m_output.capacity() <= keptOutput)
        m_output.clear();
    else
        m_output = {};
    if (m_socket.kept() > 0 && !m_deadline)
        setDeadline(m_owner.limits().writeStall);
}

void Connection::bytesTaken() {
    const bool allTaken = m_socket.kept() == 0;
    if (m_phase == Phase::Answering || m_phase == Phase::Reading) {
        if (!allTaken)
            setDeadline(m_owner.limits().writeStall);
        else if (m_phase == Phase::Answering)
            clearDeadline();
        else if (m_parser.state() == RequestParser::State::Idle)
            setDeadline(m_owner.limits().keepAlive);
        reviewPressure();
    } else if (m_phase == Phase::Lingering && allTaken) {
        m_socket.shutdownSending();
    }
}

void Connection::reviewPressure() {
    if (!m_exchange)
        return;
    // The callbacks may end the exchange: keep a copy alive while they run.
    const qint64 unsent = unsentBytes();
    if (!m_paused && unsent > highWater) {
        m_paused = true;
        if (const auto pause = m_exchange->onPause)
            pause();
    } else if (m_paused && unsent < highWater / 2) {
        m_paused = false;
        if (const auto resume = m_exchange->onResume)
            resume();
    }
}

/// The answer is written as far as we are concerned; the client may still be taking it.
void Connection::exchangeDone() {
    if (m_exchange)
        m_exchange->detach();
    m_paused = false;
    noteExchangeEnded();
    if (m_phase == Phase::Closed)
        return;
    if (m_keepAlive && !m_draining)
        nextRequest();
    else
        linger();
}

void Connection::noteExchangeEnded() {
    if (std::exchange(m_inFlight, false))
        m_owner.exchangeEnded();
}

void Connection::nextRequest() {
    m_phase = Phase::Reading;
    if (m_socket.kept() == 0)
        setDeadline(m_owner.limits().keepAlive);
    if (m_parser.waitingBytes() == 0)
        return m_socket.setReading(true);
    // In a later turn: the handler that has just ended the answer is still on the stack.
    QMetaObject::invokeMethod(this, &Connection::readWaiting, Qt::QueuedConnection);
}

void Connection::linger() {
    m_phase = Phase::Lingering;
    setDeadline(lingerTime);
    if (m_socket.kept() == 0)
        m_socket.shutdownSending();
    m_socket.setReading(true);
}

void Connection::discardInput() {
    const std::span<char> buffer = readBuffer<Connection>();
    while (m_phase == Phase::Lingering) {
        const auto [outcome, size] = m_socket.read(buffer);
        if (outcome == ClientSocket::Outcome::Left)
            return cut();
        if (outcome == ClientSocket::Outcome::Nothing)
            return;
        m_discarded += size;
        if (m_discarded > lingerBytes)
            cut();
        else
            setDeadline(lingerTime);
    }
}

void Connection::clientLeft() {
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    clearDeadline();
    if (m_exchange) {
        // The callback may drop the last reference to the exchange, and itself with it.
        const auto left = std::move(m_exchange->onClosed);
        m_exchange->detach();
        if (left)
            left();
    }
    noteExchangeEnded();
    m_owner.connectionClosed(*this);
}

void Connection::setDeadline(std::chrono::milliseconds fromNow) {
    m_deadline = std::chrono::steady_clock::now() + fromNow;
    m_owner.deadlineSet(*m_deadline);
}

} // namespace quaygate
