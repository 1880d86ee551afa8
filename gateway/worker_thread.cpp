#include "gateway/worker_thread.h"

#ifdef Q_OS_LINUX
#include "gateway/http/epoll_dispatcher.h"
#endif

namespace quaygate {

WorkerThread::WorkerThread(const QString &name) {
    m_thread.setObjectName(name);
#ifdef Q_OS_LINUX
    m_thread.setEventDispatcher(new EpollDispatcher);
#endif
    m_thread.start();
    m_context.moveToThread(&m_thread);
}

void WorkerThread::start(std::function<std::unique_ptr<Worker>()> make) {
    QMetaObject::invokeMethod(
        &m_context, [this, make = std::move(make)] { m_worker = make(); }, Qt::QueuedConnection);
}

WorkerThread::~WorkerThread() {
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            m_worker.reset();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

} // namespace quaygate
