#pragma once

#include "gateway/config/config.h"
#include "gateway/http/http_server.h"
#include "gateway/pipeline/pipeline.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace quaygate {

/// What listens and serves on one worker thread. Create, use and destroy it there.
class Worker : public QObject {
public:
    explicit Worker(Credentials::Source secrets);

    /// For requests that come from now on; limits of size for connections that do.
    void setSnapshot(Snapshot snapshot);
    void forgetSecrets() { m_pipeline.forgetSecrets(); }

    /// Listens there, on 127.0.0.1 and ::1 alike if the address is loopback, and leaves the place
    /// where it listened before; exchanges in flight are not disturbed. On failure nothing changes.
    /// Returns the port.
    Result<quint16> listen(const QString &address, quint16 port);

    /// Takes no new connection; calls `done` when what is in flight has ended, or was cut after
    /// `patience`.
    void drain(std::chrono::milliseconds patience, std::function<void()> done);

private:
    Pipeline m_pipeline;
    HttpServer m_server;
    QTimer m_patience;
};

/// A port above `port` on which `address` could listen a moment ago; 0 if none was found nearby.
quint16 freePortAfter(const QString &address, quint16 port);

} // namespace quaygate
