#pragma once

#include "gateway/worker.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <utility>

namespace quaygate {

/// A worker and the thread it lives on. Made and destroyed on one other thread; destroying it does
/// what was posted before, and waits for that.
class WorkerThread {
public:
    explicit WorkerThread(const QString &name);
    ~WorkerThread();
    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    /// `make` is called on the new thread, before anything that is posted.
    void start(std::function<std::unique_ptr<Worker>()> make);

    /// Runs `task(Worker &)` on the worker's thread, later. May be called from any thread.
    template<typename Task>
    void post(Task task) {
        QMetaObject::invokeMethod(
            &m_context, [this, task = std::move(task)]() mutable { task(*m_worker); },
            Qt::QueuedConnection);
    }

    /// Expires when this is destroyed; to be looked at on the thread that does that.
    std::weak_ptr<char> life() const { return m_life; }

private:
    QThread m_thread;
    QObject m_context;                ///< stands for the thread
    std::unique_ptr<Worker> m_worker; ///< touched on its thread only
    std::shared_ptr<char> m_life = std::make_shared<char>();
};

} // namespace quaygate
