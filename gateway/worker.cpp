#include "gateway/worker.h"

#include "gateway/pipeline/error_answer.h"

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

Worker::Worker(Credentials::Source secrets)
    : m_pipeline(std::move(secrets))
    , m_server([this](ExchangePtr exchange) { m_pipeline.handle(std::move(exchange)); }) {
    m_server.setRefusalWriter(refusal);
    m_patience.setSingleShot(true);
}

void Worker::setSnapshot(Snapshot snapshot) {
    m_server.setLimits(limitsOf(snapshot->gateway.limits));
    m_pipeline.setSnapshot(std::move(snapshot));
}

Result<quint16> Worker::listen(const QString &address, quint16 port) {
    const QList<QHostAddress> addresses = addressesOf(address);
    auto listening = m_server.listen(addresses, port);
    if (listening)
        m_pipeline.setAccess({addresses.first(), *listening});
    return listening;
}

void Worker::drain(std::chrono::milliseconds patience, std::function<void()> done) {
    m_server.stopListening();
    // Once only: whichever comes first, the last answer's end or the end of patience.
    const auto finish = [this, done = std::move(done)] {
        m_patience.stop();
        m_patience.disconnect(this);
        m_server.onIdle = nullptr;
        m_server.closeAll();
        done();
    };
    if (m_server.inFlight() == 0)
        return finish();
    // In a turn of its own: onIdle is called from inside the server.
    m_server.onIdle = [this, finish] {
        QMetaObject::invokeMethod(this, finish, Qt::QueuedConnection);
    };
    connect(&m_patience, &QTimer::timeout, this, finish);
    m_patience.start(patience);
}

} // namespace quaygate
