#pragma once

#include "gateway/http/server_load.h"
#include "gateway/worker_thread.h"

#include <memory>
#include <vector>

namespace quaygate {

/// The workers of a gateway, as one. The first of them listens and hands the connections out in
/// turn, itself among the takers, so that they are spread evenly whatever the operating system
/// does; from then on a connection stays with its worker. Lives on the Gateway's thread.
class WorkerPool {
public:
    /// Finds a key or token for a worker, as `Credentials::Source` does. Called on that worker's
    /// thread; the answer must be given there too, by `WorkerThread::post`, or not at all once the
    /// worker's `life` has ended.
    using Secrets = std::function<void(WorkerThread &, const Backend &,
                                       std::optional<quint64> rejected, Credentials::Granted)>;

    /// What a worker has found out and the others should know. Each is called on the thread of the
    /// worker, and answered by `tellAll`.
    struct Findings {
        std::function<void(const Backend &, SpokenApis)> apis;
        std::function<void(const Backend &, RuleDialect, const QList<ParameterEdit> &)> parameters;
        /// Which backend has made what only it can go on with.
        std::function<void(const QByteArray &mark, const QString &backend)> served;
    };

    /// With one worker, until a snapshot says otherwise. What is in `shared` is called on the
    /// workers' threads.
    WorkerPool(Secrets secrets, Findings findings, Pipeline::Shared shared);
    /// Cuts what is in flight and waits for the threads.
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// For requests that come from now on. A new number of workers concerns the connections that
    /// come; a worker that is one too many ends with its last exchange, which is cut after
    /// `patience`.
    void setSnapshot(const Snapshot &snapshot, std::chrono::milliseconds patience);

    void forgetSecrets();

    /// On the thread of each worker.
    void tellAll(const std::function<void(Worker &)> &news);

    /// How the backends have been doing.
    const HealthBoard &board() const { return *m_shared.board; }

    /// As `Worker::listen`; `done` is called on a worker's thread.
    void listen(const QString &address, quint16 port,
                std::function<void(const Result<quint16> &)> done);

    /// Takes no new connection; `done` is called on a worker's thread when what is in flight has
    /// ended, or was cut after `patience`.
    void drain(std::chrono::milliseconds patience, std::function<void()> done);

    int size() const { return static_cast<int>(m_threads.size()); }
    /// Requests that are being answered on all threads.
    int inFlight() const { return m_load->inFlight.load(std::memory_order_relaxed); }

private:
    using Threads = std::vector<std::unique_ptr<WorkerThread>>;

    void add();
    void removeLast(std::chrono::milliseconds patience);
    void introduce();
    WorkerThread &first() { return *m_threads.front(); }

    Secrets m_secrets;
    Findings m_findings;
    Pipeline::Shared m_shared;
    std::shared_ptr<ServerLoad> m_load = std::make_shared<ServerLoad>();
    Threads m_threads;  ///< never empty
    Threads m_retiring; ///< they finish what is in flight
    int m_made = 0;
    QObject m_context; ///< stands for the thread of the pool
};

/// How many threads serve when the configuration leaves it open: half of what the machine has.
int defaultWorkers();

} // namespace quaygate
