#include "gateway/worker_pool.h"

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace quaygate {

int defaultWorkers() {
    return std::max(1, QThread::idealThreadCount() / 2);
}

WorkerPool::WorkerPool(Secrets secrets, Findings findings, Pipeline::Shared shared)
    : m_secrets(std::move(secrets)), m_findings(std::move(findings)), m_shared(std::move(shared)) {
    add();
}

WorkerPool::~WorkerPool() {
    // The first one first: it hands connections to the others.
    for (auto &thread : m_threads)
        thread.reset();
    m_retiring.clear();
}

void WorkerPool::add() {
    auto thread = std::make_unique<WorkerThread>(u"gateway %1"_s.arg(++m_made));
    thread->start([this, thread = thread.get()] {
        const auto source = [this, thread](const Backend &backend, std::optional<quint64> rejected,
                                           Credentials::Granted granted) {
            m_secrets(*thread, backend, rejected, std::move(granted));
        };
        auto worker = std::make_unique<Worker>(source, m_load, m_shared);
        worker->learned().onLearned = m_findings.apis;
        worker->parameters().onLearned = m_findings.parameters;
        worker->servedBy().onServed = m_findings.served;
        return worker;
    });
    m_threads.push_back(std::move(thread));
}

/// The worker gets no connection from the moment on that the first one has heard of it; only then
/// may it go.
void WorkerPool::removeLast(std::chrono::milliseconds patience) {
    WorkerThread *const leaving = m_threads.back().get();
    m_retiring.push_back(std::move(m_threads.back()));
    m_threads.pop_back();
    introduce();
    const auto gone = [this, leaving] {
        std::erase_if(m_retiring, [leaving](const auto &one) { return one.get() == leaving; });
    };
    first().post([this, leaving, patience, gone](Worker &) {
        leaving->post([this, patience, gone](Worker &worker) {
            worker.retire(patience, [this, gone] {
                QMetaObject::invokeMethod(&m_context, gone, Qt::QueuedConnection);
            });
        });
    });
}

/// Tells the first worker to whom it may hand connections.
void WorkerPool::introduce() {
    std::vector<WorkerThread *> others;
    for (const auto &thread : m_threads) {
        if (thread != m_threads.front())
            others.push_back(thread.get());
    }
    first().post([others](Worker &worker) { worker.setOthers(others); });
}

void WorkerPool::setSnapshot(const Snapshot &snapshot, std::chrono::milliseconds patience) {
    const int configured = snapshot->gateway.workers;
    const int wanted = configured > 0 ? configured : defaultWorkers();
    const bool grows = size() < wanted;
    while (size() < wanted)
        add();
    for (const auto &thread : m_threads)
        thread->post([snapshot](Worker &worker) { worker.setSnapshot(snapshot); });
    if (grows)
        introduce();
    while (size() > wanted)
        removeLast(patience);
}

void WorkerPool::forgetSecrets() {
    for (const auto &thread : m_threads)
        thread->post([](Worker &worker) { worker.forgetSecrets(); });
}

void WorkerPool::tellAll(const std::function<void(Worker &)> &news) {
    for (const auto &thread : m_threads)
        thread->post(news);
}

void WorkerPool::listen(const QString &address, quint16 port,
                        std::function<void(const Result<quint16> &)> done) {
    first().post([address, port, done = std::move(done)](Worker &worker) {
        done(worker.listen(address, port));
    });
}

void WorkerPool::drain(std::chrono::milliseconds patience, std::function<void()> done) {
    const auto left = std::make_shared<std::atomic<int>>(size());
    for (const auto &thread : m_threads) {
        thread->post([left, patience, done](Worker &worker) {
            worker.drain(patience, [left, done] {
                if (--*left == 0)
                    done();
            });
        });
    }
}

} // namespace quaygate
