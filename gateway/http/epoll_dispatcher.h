#pragma once

#include <QAbstractEventDispatcher>

#include <atomic>
#include <memory>

namespace quaygate {

/// An event dispatcher on epoll, for the worker threads on Linux. Qt's own polls every descriptor
/// in every turn, so that a thousand idle connections slow down the one that is busy; here only
/// those that have something to tell are looked at. Belongs to one thread; install it before the
/// thread starts
/// (`QThread::setEventDispatcher`), which takes ownership. `wakeUp` and `interrupt` may be called
/// from any.
class EpollDispatcher : public QAbstractEventDispatcher {
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    class Timers;
    class Descriptors;

    int waitTime(QEventLoop::ProcessEventsFlags flags);

    std::unique_ptr<Timers> m_timers;
    std::unique_ptr<Descriptors> m_descriptors;
    std::atomic<bool> m_woken = false;
    std::atomic<bool> m_interrupted = false;
};

} // namespace quaygate
