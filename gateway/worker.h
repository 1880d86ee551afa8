#pragma once

#include "gateway/config/config.h"
#include "gateway/http/http_server.h"
#include "gateway/pipeline/pipeline.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace quaygate {

class WorkerThread;

/// What listens and serves on one worker thread. Create, use and destroy it there.
class Worker : public QObject {
public:
    /// `load` and what is in `shared` are shared by all workers of a gateway.
    Worker(Credentials::Source secrets, std::shared_ptr<ServerLoad> load, Pipeline::Shared shared);

    /// For requests that come from now on; limits of size for connections that do.
    void setSnapshot(const Snapshot &snapshot);
    void forgetSecrets() { m_pipeline.forgetSecrets(); }
    LearnedApis &learned() { return m_pipeline.learned(); }
    LearnedParameters &parameters() { return m_pipeline.parameters(); }
    ServedBy &servedBy() { return m_pipeline.servedBy(); }

    /// Listens there, on 127.0.0.1 and ::1 alike if the address is loopback, and leaves the place
    /// where it listened before; exchanges in flight are not disturbed. On failure nothing changes.
    /// Returns the port.
    Result<quint16> listen(const QString &address, quint16 port);

    /// The workers that get their share of the connections that come here. They stay until this one
    /// has been told of others.
    void setOthers(std::vector<WorkerThread *> others);

    /// Serves connections that `adopt` brings, under these rules.
    void open(const AccessRules &rules);
    void adopt(qintptr descriptor) { m_server.adopt(descriptor); }

    /// Takes no new connection; calls `done` when what is in flight has ended, or was cut after
    /// `patience`.
    void drain(std::chrono::milliseconds patience, std::function<void()> done);

    /// The same for good: waits for clients too that have just come and not asked yet.
    void retire(std::chrono::milliseconds patience, std::function<void()> done);

private:
    bool handOver(qintptr descriptor);
    void openOthers();
    void finishLater(std::function<void()> &trigger, std::chrono::milliseconds patience,
                     std::function<void()> done);

    Pipeline m_pipeline;
    HttpServer m_server;
    AccessRules m_rules;
    bool m_listening = false;
    std::vector<WorkerThread *> m_others;
    std::size_t m_turn = 0; ///< whose it is; the one after the others is this one
    QTimer m_patience;
};

/// A port above `port` on which `address` could listen a moment ago; 0 if none was found nearby.
quint16 freePortAfter(const QString &address, quint16 port);

} // namespace quaygate
