#pragma once

#include "gateway/http/client_socket.h"
#include "gateway/http/exchange.h"
#include "gateway/http/http_server.h"
#include "gateway/http/request_parser.h"
#include "gateway/http/response_head.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace quaygate {

class Connection;
class ConnectionExchange;

/// What a connection asks of the server it belongs to.
class ConnectionOwner {
public:
    virtual const ServerLimits &limits() const = 0;
    virtual Refusal refusal(const Error &error) const = 0;
    /// A request is complete; `Connection::beginExchange` hands it over, now or later in this turn.
    virtual void requestReady(Connection &connection) = 0;
    virtual void exchangeEnded() = 0;
    /// Something was written; `Connection::flush` sends it, at the end of this turn.
    virtual void flushSoon(Connection &connection) = 0;
    /// The connection has a deadline, perhaps the earliest of all.
    virtual void deadlineSet(std::chrono::steady_clock::time_point deadline) = 0;
    /// The connection is closed: nothing more will come of it; delete it later.
    virtual void connectionClosed(Connection &connection) = 0;

protected:
    ~ConnectionOwner() = default;
};

/// One client's connection: reads requests one after the other and writes their answers in order,
/// each within the server's limits. Belongs to the thread of its socket. It never blocks, and what
/// it holds is bounded: one request, what the client pipelined behind it, and the answer's bytes
/// not yet taken.
class Connection : public QObject {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// `number`: by which the owner knows it.
    Connection(quint64 number, qintptr descriptor, ConnectionOwner &owner);
    ~Connection() override;

    quint64 number() const { return m_number; }

    /// The exchange of the complete request. Once, after `ConnectionOwner::requestReady`.
    ExchangePtr beginExchange();

    /// Answers the complete request, or a client that may not come in at all, and closes.
    void refuse(int status, const Error &error, const HeaderList &extra = {});

    /// When the client's time is up; never if it has no limit at the moment.
    std::optional<TimePoint> deadline() const { return m_deadline; }
    void onDeadline();

    /// What is written in one turn of the event loop leaves in one piece.
    void flush();

    /// No request follows the one in flight: closes now if there is none. `sparesFresh`: a client
    /// that has not had its first answer yet gets that.
    void drain(bool sparesFresh);
    void cut();

    bool isAnswering() const { return m_phase == Phase::Answering; }

private:
    friend class ConnectionExchange;

    enum class Phase {
        Reading,   ///< a request, or waiting for one
        Ready,     ///< a request is complete and not yet handed over
        Answering, ///< an exchange is in flight
        Lingering, ///< the last answer is written; what still comes is thrown away
        Closed,
    };

    void readAvailable();
    void readRequest();
    void readWaiting();
    void discardInput();
    void afterFeed();
    void answerExpectation();
    void watchRequest(RequestParser::State before, bool progressed);

    void begin(int status, const HeaderList &headers);
    void write(QByteArrayView bytes);
    void finish();
    void upgrade(QByteArrayView protocol, const HeaderList &headers);
    void setReading(bool reading);
    void readUpgraded();
    void appendBody(QByteArrayView bytes);
    void scheduleFlush();
    void bytesTaken();
    void reviewPressure();
    qint64 unsentBytes() const { return static_cast<qint64>(m_output.size()) + m_socket.kept(); }

    void exchangeDone();
    void noteExchangeEnded();
    void nextRequest();
    void linger();
    void clientLeft();
    void setDeadline(std::chrono::milliseconds fromNow);
    void clearDeadline() { m_deadline.reset(); }

    quint64 m_number;
    ConnectionOwner &m_owner;
    ClientSocket m_socket;
    QHostAddress m_peer;
    RequestParser m_parser;
    Phase m_phase = Phase::Reading;
    ConnectionExchange *m_exchange = nullptr; ///< in flight; owned by whoever answers it

    BodyFraming m_framing = BodyFraming::None;
    int m_minorVersion = 1;
    bool m_isHead = false;
    bool m_keepAlive = true;
    bool m_upgraded = false;     ///< what comes and goes is no HTTP any more
    bool m_readsUpgraded = true; ///< and is wanted
    bool m_draining = false;
    bool m_isFresh = true; ///< no request has come yet
    bool m_continueSent = false;
    bool m_inFlight = false;
    bool m_paused = false;
    bool m_flushScheduled = false;
    std::optional<qint64> m_lengthLeft; ///< of the body announced
    std::string m_output;               ///< written and not yet given to the socket
    qint64 m_discarded = 0;
    std::optional<TimePoint> m_deadline;
};

} // namespace quaygate
