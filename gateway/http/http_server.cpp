#include "gateway/http/http_server.h"

#include "gateway/http/checked_requests.h"
#include "gateway/http/connection.h"
#include "gateway/http/loop_call.h"
#include "gateway/http/port_owner.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QPointer>
#include <QTcpServer>
#include <QTimer>

#include <unordered_map>
#include <vector>

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpServerResponder>
#endif

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The server looks at its deadlines no more often than this.
constexpr std::chrono::milliseconds shortestTick{20};
/// How often a free port is looked for that is free on every address.
constexpr int portChoices = 20;

/// Hands every accepted descriptor on instead of making a socket of it.
class Intake final : public QTcpServer {
public:
    explicit Intake(std::function<void(qintptr)> onDescriptor)
        : m_onDescriptor(std::move(onDescriptor)) {}

protected:
    void incomingConnection(qintptr descriptor) override { m_onDescriptor(descriptor); }

private:
    std::function<void(qintptr)> m_onDescriptor;
};

Refusal plainRefusal(const Error &error) {
    return {"text/plain; charset=utf-8"_ba, error.message.toUtf8() + '\n'};
}

Error listenError(const QTcpServer &server, const QHostAddress &address, quint16 port) {
    const QString where = u"%1 port %2"_s.arg(address.toString()).arg(port);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError: {
        const QString owner = portOwner(port);
        const QString who = owner.isEmpty() ? QString() : u" (%1)"_s.arg(owner);
        return {ErrorCode::AddressInUse, u"%1 is used by another program%2."_s.arg(where, who),
                server.errorString()};
    }
    case QAbstractSocket::SocketAccessError:
        return {ErrorCode::AddressNotAvailable,
                u"This user may not listen on %1; choose a port above 1023."_s.arg(where),
                server.errorString()};
    default:
        return {ErrorCode::AddressNotAvailable,
                u"Cannot listen on %1: %2."_s.arg(where, server.errorString()),
                server.errorString()};
    }
}

} // namespace

class HttpServer::Private final : public QAbstractHttpServer, public ConnectionOwner {
public:
    Private(HttpServer &server, ExchangeHandler handler, ServerLimits limits,
            std::shared_ptr<ServerLoad> load)
        : m_server(server)
        , m_handler(std::move(handler))
        , m_limits(limits)
        , m_load(std::move(load))
        , m_refusalWriter(plainRefusal) {
        m_tick.setSingleShot(true);
        connect(&m_tick, &QTimer::timeout, this, [this] { checkDeadlines(); });
        enterQtHttpServer();
    }

    ~Private() override {
        closeAll();
        // QtHttpServer would delete its socket once that is disconnected, which this one never is.
        delete m_feed;
    }

    Result<quint16> listen(const QList<QHostAddress> &addresses, quint16 port) {
        // With port 0 the first address chooses, and the others may find that port taken: choose
        // anew.
        for (int attempt = 0;; ++attempt) {
            auto intakes = openIntakes(addresses, port);
            if (intakes) {
                m_intakes = std::move(intakes).value();
                m_open = true;
                return m_intakes.front()->serverPort();
            }
            if (port != 0 || attempt == portChoices ||
                intakes.error().code != ErrorCode::AddressInUse)
                return intakes.error();
        }
    }

    void open() { m_open = true; }

    void accepted(qintptr descriptor) {
        if (!m_server.handOver || !m_server.handOver(descriptor))
            adopt(descriptor);
    }

    void adopt(qintptr descriptor) {
        if (!m_open) {
            ClientSocket(descriptor).close();
            return;
        }
        const quint64 number = ++m_lastNumber;
        auto connection = std::make_unique<Connection>(number, descriptor, *this);
        Connection &entered = *connection;
        m_connections.emplace(number, std::move(connection));
        if (++m_load->connections > m_limits.connections)
            entered.refuse(503,
                           {ErrorCode::Overloaded,
                            u"There are already %1 connections; try again shortly."_s.arg(
                                m_limits.connections),
                            {}},
                           {{"Retry-After", "1"}});
    }

    void stopListening(bool sparesFresh) {
        m_open = false;
        m_intakes.clear();
        for (Connection *connection : everyConnection())
            connection->drain(sparesFresh);
    }

    void closeAll() {
        m_open = false;
        m_intakes.clear();
        for (Connection *connection : everyConnection())
            connection->cut();
    }

    // ConnectionOwner
    const ServerLimits &limits() const override { return m_limits; }
    Refusal refusal(const Error &error) const override { return m_refusalWriter(error); }

    void requestReady(Connection &connection) override {
        if (m_load->inFlight >= m_limits.inFlight) {
            connection.refuse(
                503,
                {ErrorCode::Overloaded,
                 u"%1 requests are already in flight; try again shortly."_s.arg(m_limits.inFlight),
                 {}},
                {{"Retry-After", "1"}});
            return;
        }
        m_ready = &connection;
        m_feed->deliver();
    }

    void flushSoon(Connection &connection) override {
        m_unflushed.push_back(connection.number());
        m_flush.ask();
    }

    void exchangeEnded() override {
        --m_inFlight;
        --m_load->inFlight;
        if (m_inFlight == 0 && m_server.onIdle)
            m_server.onIdle();
    }

    void deadlineSet(Connection::TimePoint deadline) override {
        if (m_tick.isActive() && m_nextTick <= deadline)
            return;
        m_nextTick = deadline;
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        m_tick.start(std::max(wait, shortestTick));
    }

    void connectionClosed(Connection &connection) override {
        const auto found = m_connections.find(connection.number());
        if (found == m_connections.end())
            return;
        found->second.release()->deleteLater();
        m_connections.erase(found);
        --m_load->connections;
        if (m_connections.empty() && m_server.onEmpty)
            m_server.onEmpty();
    }

    int inFlight() const { return m_inFlight; }
    bool hasConnections() const { return !m_connections.empty(); }
    void setLimits(const ServerLimits &limits) { m_limits = limits; }
    void setRefusalWriter(RefusalWriter writer) { m_refusalWriter = std::move(writer); }

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &, QHttpServerResponder &) override {
        return handle();
    }
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override {
    }
#else
    bool handleRequest(const QHttpServerRequest &, QTcpSocket *) override {
        return handle();
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override {
    }
#endif

private:
    /// QtHttpServer takes sockets only from a QTcpServer, and from 6.8 on only from one that
    /// listens at the moment it is bound.
    void enterQtHttpServer() {
        m_entrance.listen(QHostAddress::LocalHost, 0);
        bind(&m_entrance);
        m_feed = new CheckedRequests; // QtHttpServer's as long as that is there
        m_entrance.admit(m_feed);
        m_entrance.close();
    }

    using Intakes = std::vector<std::unique_ptr<Intake>>;

    Result<Intakes> openIntakes(const QList<QHostAddress> &addresses, quint16 port) {
        Intakes intakes;
        for (const QHostAddress &address : addresses) {
            auto intake =
                std::make_unique<Intake>([this](qintptr descriptor) { accepted(descriptor); });
            intake->setListenBacklogSize(std::min(m_limits.connections, 1024));
            if (intake->listen(address, intakes.empty() ? port : intakes.front()->serverPort())) {
                intakes.push_back(std::move(intake));
                continue;
            }
            const bool noSuchProtocol = !intakes.empty() &&
                                        address.protocol() == QAbstractSocket::IPv6Protocol &&
                                        intake->serverError() != QAbstractSocket::AddressInUseError;
            if (!noSuchProtocol)
                return listenError(*intake, address, port);
        }
        return intakes;
    }

    bool handle() {
        if (Connection *connection = std::exchange(m_ready, nullptr)) {
            ++m_inFlight;
            ++m_load->inFlight;
            m_handler(connection->beginExchange());
        }
        return true;
    }

    void flushAll() {
        m_flushing.swap(m_unflushed); // their memory is kept for the next time
        for (const quint64 number : m_flushing) {
            if (const auto found = m_connections.find(number); found != m_connections.end())
                found->second->flush();
        }
        m_flushing.clear();
    }

    std::vector<Connection *> everyConnection() const {
        std::vector<Connection *> all;
        all.reserve(m_connections.size());
        for (const auto &[number, connection] : m_connections)
            all.push_back(connection.get());
        return all;
    }

    void checkDeadlines() {
        const auto now = std::chrono::steady_clock::now();
        for (Connection *connection : everyConnection()) {
            if (connection->deadline() && *connection->deadline() <= now)
                connection->onDeadline();
        }
        std::optional<Connection::TimePoint> next;
        for (const auto &[number, connection] : m_connections) {
            if (const auto deadline = connection->deadline();
                deadline && (!next || *deadline < *next))
                next = deadline;
        }
        if (next)
            deadlineSet(*next);
    }

    HttpServer &m_server;
    ExchangeHandler m_handler;
    ServerLimits m_limits;
    std::shared_ptr<ServerLoad> m_load;
    bool m_open = false;
    RefusalWriter m_refusalWriter;
    Intakes m_intakes;
    std::unordered_map<quint64, std::unique_ptr<Connection>> m_connections;
    quint64 m_lastNumber = 0;
    int m_inFlight = 0;
    QTimer m_tick;
    Connection::TimePoint m_nextTick;
    Entrance m_entrance;
    QPointer<CheckedRequests> m_feed;
    Connection *m_ready = nullptr; ///< whose request QtHttpServer is being shown
    std::vector<quint64> m_unflushed;
    std::vector<quint64> m_flushing;
    LoopCall m_flush{[this] { flushAll(); }};
};

HttpServer::HttpServer(ExchangeHandler handler, ServerLimits limits,
                       std::shared_ptr<ServerLoad> load)
    : d(std::make_unique<Private>(*this, std::move(handler), limits, std::move(load))) {
}

HttpServer::~HttpServer() = default;

void HttpServer::setLimits(const ServerLimits &limits) {
    d->setLimits(limits);
}

void HttpServer::setRefusalWriter(RefusalWriter writer) {
    d->setRefusalWriter(std::move(writer));
}

Result<quint16> HttpServer::listen(const QList<QHostAddress> &addresses, quint16 port) {
    return d->listen(addresses, port);
}

void HttpServer::open() {
    d->open();
}

void HttpServer::adopt(qintptr descriptor) {
    d->adopt(descriptor);
}

void HttpServer::stopListening() {
    d->stopListening(false);
}

void HttpServer::retire() {
    d->stopListening(true);
}

bool HttpServer::hasConnections() const {
    return d->hasConnections();
}

int HttpServer::inFlight() const {
    return d->inFlight();
}

void HttpServer::closeAll() {
    d->closeAll();
}

} // namespace quaygate
