#include "gateway/worker.h"

#include "gateway/pipeline/error_answer.h"
#include "gateway/worker_thread.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Both loopbacks, since a client that says "localhost" may try either first.
QList<QHostAddress> addressesOf(const QString &address) {
    const QHostAddress parsed(address);
    if (address == u"localhost" || parsed.isLoopback())
        return {parsed.isNull() || parsed == QHostAddress(QHostAddress::LocalHostIPv6)
                    ? QHostAddress(QHostAddress::LocalHost)
                    : parsed,
                QHostAddress(QHostAddress::LocalHostIPv6)};
    return {parsed};
}

Refusal refusal(const Error &error) {
    return {"application/json"_ba, errorAnswer(error).body};
}

ServerLimits limitsOf(const GatewayLimits &limits) {
    return {limits.headerBytes, limits.targetBytes, limits.bodyBytes,
            limits.connections, limits.inFlight,    limits.headerTime,
            limits.bodyStall,   limits.keepAlive,   limits.writeStall};
}

bool canListen(const QString &address, quint16 port) {
    for (const QHostAddress &host : addressesOf(address)) {
        QTcpServer probe;
        if (!probe.listen(host, port) && probe.serverError() == QAbstractSocket::AddressInUseError)
            return false;
    }
    return true;
}

} // namespace

quint16 freePortAfter(const QString &address, quint16 port) {
    for (int candidate = port + 1; candidate <= std::min(port + 100, 65535); ++candidate) {
        if (canListen(address, static_cast<quint16>(candidate)))
            return static_cast<quint16>(candidate);
    }
    return 0;
}

Worker::Worker(Credentials::Source secrets, std::shared_ptr<ServerLoad> load,
               Pipeline::Shared shared)
    : m_pipeline(std::move(secrets), std::move(shared))
    , m_server([this](ExchangePtr exchange) { m_pipeline.handle(std::move(exchange)); }, {},
               std::move(load)) {
    m_server.setRefusalWriter(refusal);
    m_server.handOver = [this](qintptr descriptor) { return handOver(descriptor); };
    m_patience.setSingleShot(true);
}

void Worker::setSnapshot(const Snapshot &snapshot) {
    m_server.setLimits(limitsOf(snapshot->gateway.limits));
    m_pipeline.setSnapshot(snapshot);
}

Result<quint16> Worker::listen(const QString &address, quint16 port) {
    const QList<QHostAddress> addresses = addressesOf(address);
    auto listening = m_server.listen(addresses, port);
    if (!listening)
        return listening;
    m_listening = true;
    open({addresses.first(), *listening});
    openOthers();
    return listening;
}

void Worker::setOthers(std::vector<WorkerThread *> others) {
    m_others = std::move(others);
    m_turn = 0;
    if (m_listening)
        openOthers();
}

void Worker::open(const AccessRules &rules) {
    m_rules = rules;
    m_pipeline.setAccess(rules);
    m_server.open();
}

/// From here, so that no worker gets a connection before the rules that hold for it.
void Worker::openOthers() {
    for (WorkerThread *other : m_others)
        other->post([rules = m_rules](Worker &worker) { worker.open(rules); });
}

bool Worker::handOver(qintptr descriptor) {
    const std::size_t turn = m_turn;
    m_turn = turn < m_others.size() ? turn + 1 : 0;
    if (turn >= m_others.size())
        return false;
    m_others[turn]->post([descriptor](Worker &worker) { worker.adopt(descriptor); });
    return true;
}

void Worker::drain(std::chrono::milliseconds patience, std::function<void()> done) {
    m_listening = false;
    m_server.stopListening();
    if (m_server.inFlight() == 0) {
        m_server.closeAll();
        done();
    } else {
        finishLater(m_server.onIdle, patience, std::move(done));
    }
}

void Worker::retire(std::chrono::milliseconds patience, std::function<void()> done) {
    m_server.retire();
    if (m_server.hasConnections())
        finishLater(m_server.onEmpty, patience, std::move(done));
    else
        done();
}

/// Once only: whichever comes first, the trigger or the end of patience.
void Worker::finishLater(std::function<void()> &trigger, std::chrono::milliseconds patience,
                         std::function<void()> done) {
    const auto finish = [this, &trigger, done = std::move(done)] {
        if (!trigger)
            return;
        trigger = nullptr;
        m_patience.stop();
        m_patience.disconnect(this);
        m_server.closeAll();
        done();
    };
    // In a turn of its own: it is called from inside the server.
    trigger = [this, finish] { QMetaObject::invokeMethod(this, finish, Qt::QueuedConnection); };
    connect(&m_patience, &QTimer::timeout, this, finish);
    m_patience.start(patience);
}

} // namespace quaygate
