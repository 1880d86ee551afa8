#include "gateway/http/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>
#include <QTimerEvent>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_map>
#include <vector>

namespace quaygate {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// The timers of the thread, in the order in which they are due.
class EpollDispatcher::Timers {
public:
    struct Timer {
        int id;
        milliseconds interval;
        Qt::TimerType type;
        QObject *object;
        Clock::time_point due;
        bool firing = false;
    };

    void add(int id, milliseconds interval, Qt::TimerType type, QObject *object) {
        insert({id, interval, type, object, Clock::now() + interval});
    }

    bool remove(int id) {
        return std::erase_if(m_timers, [id](const Timer &timer) { return timer.id == id; }) > 0;
    }

    bool removeOf(const QObject *object) {
        return std::erase_if(m_timers, [&](const Timer &timer) { return timer.object == object; }) >
               0;
    }

    const Timer *find(int id) const {
        const auto found = std::find_if(m_timers.begin(), m_timers.end(),
                                        [id](const Timer &timer) { return timer.id == id; });
        return found == m_timers.end() ? nullptr : &*found;
    }

    const std::vector<Timer> &all() const { return m_timers; }

    /// Sends what is due now, each timer at most once; true if there was one.
    bool fire() {
        const auto now = Clock::now();
        std::vector<int> due;
        for (const Timer &timer : m_timers) {
            if (timer.due > now)
                break;
            due.push_back(timer.id);
        }
        for (const int id : due)
            fireOne(id, now);
        return !due.empty();
    }

private:
    void insert(const Timer &timer) {
        const auto place =
            std::upper_bound(m_timers.begin(), m_timers.end(), timer,
                             [](const Timer &a, const Timer &b) { return a.due < b.due; });
        m_timers.insert(place, timer);
    }

    /// The handler may remove any timer, this one too, or run an event loop of its own.
    void fireOne(int id, Clock::time_point now) {
        const auto found = std::find_if(m_timers.begin(), m_timers.end(),
                                        [id](const Timer &timer) { return timer.id == id; });
        if (found == m_timers.end() || found->firing)
            return;
        Timer timer = *found;
        m_timers.erase(found);
        // A timer that is late does not catch up by firing in a row.
        timer.due = std::max(timer.due + timer.interval, now);
        timer.firing = true;
        QObject *object = timer.object;
        insert(timer);
        QTimerEvent event(id);
        QCoreApplication::sendEvent(object, &event);
        const auto again = std::find_if(m_timers.begin(), m_timers.end(),
                                        [id](const Timer &other) { return other.id == id; });
        if (again != m_timers.end())
            again->firing = false;
    }

    std::vector<Timer> m_timers;
};

/// The descriptors that notifiers watch, and the epoll instance that watches them. Changes are told
/// to the kernel just before waiting, so that switching a notifier off and on again costs little.
class EpollDispatcher::Descriptors {
public:
    Descriptors()
        : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
        , m_wakeUp(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = m_wakeUp;
        if (m_epoll < 0 || m_wakeUp < 0 ||
            ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event) != 0)
            qFatal("no descriptor is left for an event loop");
    }

    ~Descriptors() {
        ::close(m_wakeUp);
        ::close(m_epoll);
    }

    void add(QSocketNotifier *notifier) {
        const int fd = static_cast<int>(notifier->socket());
        Watch &watch = m_watches[fd];
        watch.notifiers[index(notifier->type())] = notifier;
        change(fd, watch);
    }

    void remove(QSocketNotifier *notifier) {
        const int fd = static_cast<int>(notifier->socket());
        const auto found = m_watches.find(fd);
        if (found == m_watches.end())
            return;
        auto &slot = found->second.notifiers[index(notifier->type())];
        if (slot != notifier)
            return;
        slot = nullptr;
        change(fd, found->second);
        // At once, for the descriptor is perhaps about to be closed, and its number may be another
        // thread's before the kernel is told of the rest.
        if (wanted(found->second) == 0)
            tellKernel(fd, found->second);
    }

    void wakeUp() const {
        const std::uint64_t one = 1;
        // It can only fail if the counter is full, and then the loop wakes up anyway.
        [[maybe_unused]] const auto written = ::write(m_wakeUp, &one, sizeof one);
    }

    /// Waits and sends what has happened; true if a notifier was told.
    bool wait(int milliseconds, bool notify) {
        tellKernel();
        std::array<epoll_event, 256> events;
        const int count =
            ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), milliseconds);
        bool told = false;
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<std::size_t>(i)];
            if (event.data.fd == m_wakeUp)
                drainWakeUp();
            else if (notify)
                told = tell(event) || told;
        }
        return told;
    }

private:
    struct Watch {
        std::array<QSocketNotifier *, 3> notifiers{};
        bool inKernel = false;
        bool changed = false;
    };

    static std::size_t index(QSocketNotifier::Type type) { return static_cast<std::size_t>(type); }

    static std::uint32_t wanted(const Watch &watch) {
        std::uint32_t events = 0;
        if (watch.notifiers[index(QSocketNotifier::Read)])
            events |= EPOLLIN;
        if (watch.notifiers[index(QSocketNotifier::Write)])
            events |= EPOLLOUT;
        if (watch.notifiers[index(QSocketNotifier::Exception)])
            events |= EPOLLPRI;
        return events;
    }

    void change(int fd, Watch &watch) {
        if (std::exchange(watch.changed, true))
            return;
        m_changed.push_back(fd);
    }

    void tellKernel() {
        for (const int fd : m_changed) {
            const auto found = m_watches.find(fd);
            if (found == m_watches.end())
                continue;
            found->second.changed = false;
            tellKernel(fd, found->second);
            if (!found->second.inKernel)
                m_watches.erase(found);
        }
        m_changed.clear();
    }

    /// The descriptor may have been closed since, and its number given to another: the kernel has
    /// then forgotten it. So every change is told, even one that was taken back, and told as news
    /// if need be.
    void tellKernel(int fd, Watch &watch) const {
        epoll_event event{};
        event.events = wanted(watch);
        event.data.fd = fd;
        if (event.events == 0) {
            if (watch.inKernel)
                ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
            watch.inKernel = false;
            return;
        }
        const int operation = watch.inKernel ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        bool done = ::epoll_ctl(m_epoll, operation, fd, &event) == 0;
        if (!done && (errno == ENOENT || errno == EEXIST))
            done = ::epoll_ctl(m_epoll, errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd,
                               &event) == 0;
        watch.inKernel = done;
    }

    /// An error or a hang-up concerns whoever watches, as poll would tell it.
    bool tell(const epoll_event &event) {
        const std::uint32_t broken = event.events & (EPOLLERR | EPOLLHUP);
        bool told = false;
        const auto send = [&](QSocketNotifier::Type type, std::uint32_t events) {
            if (!(event.events & events))
                return;
            // Looked up anew each time: the one told before may have removed the others.
            const auto found = m_watches.find(event.data.fd);
            if (found == m_watches.end() || !found->second.notifiers[index(type)])
                return;
            QEvent activation(QEvent::SockAct);
            QCoreApplication::sendEvent(found->second.notifiers[index(type)], &activation);
            told = true;
        };
        send(QSocketNotifier::Read, EPOLLIN | broken);
        send(QSocketNotifier::Write, EPOLLOUT | broken);
        send(QSocketNotifier::Exception, EPOLLPRI);
        return told;
    }

    void drainWakeUp() const {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto taken = ::read(m_wakeUp, &count, sizeof count);
    }

    int m_epoll;
    int m_wakeUp;
    std::unordered_map<int, Watch> m_watches;
    std::vector<int> m_changed;
};

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_timers(std::make_unique<Timers>())
    , m_descriptors(std::make_unique<Descriptors>()) {
}

EpollDispatcher::~EpollDispatcher() = default;

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags) {
    m_interrupted = false;
    emit awake();
    QCoreApplication::sendPostedEvents();
    if (m_interrupted)
        return false;

    const int wait = waitTime(flags);
    if (wait != 0)
        emit aboutToBlock();
    bool happened = m_descriptors->wait(wait, !flags.testFlag(QEventLoop::ExcludeSocketNotifiers));
    if (wait != 0)
        emit awake();
    happened = m_timers->fire() || happened;
    return happened;
}

/// Milliseconds; -1: until something happens.
int EpollDispatcher::waitTime(QEventLoop::ProcessEventsFlags flags) {
    // Whoever posted an event has said so; nothing posted before this line is slept over.
    const bool woken = m_woken.exchange(false);
    if (woken || !flags.testFlag(QEventLoop::WaitForMoreEvents))
        return 0;
    if (m_timers->all().empty())
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(m_timers->all().front().due - Clock::now());
    return static_cast<int>(std::clamp<milliseconds::rep>(left.count(), 0, 60'000));
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier) {
    m_descriptors->add(notifier);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier) {
    m_descriptors->remove(notifier);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType type,
                                    QObject *object) {
    m_timers->add(timerId, milliseconds(interval), type, object);
}

bool EpollDispatcher::unregisterTimer(int timerId) {
    return m_timers->remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object) {
    return m_timers->removeOf(object);
}

QList<QAbstractEventDispatcher::TimerInfo>
EpollDispatcher::registeredTimers(QObject *object) const {
    QList<TimerInfo> infos;
    for (const Timers::Timer &timer : m_timers->all()) {
        if (timer.object == object)
            infos.append(TimerInfo(timer.id, static_cast<int>(timer.interval.count()), timer.type));
    }
    return infos;
}

int EpollDispatcher::remainingTime(int timerId) {
    const Timers::Timer *timer = m_timers->find(timerId);
    if (!timer)
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(timer->due - Clock::now());
    return static_cast<int>(std::max<milliseconds::rep>(left.count(), 0));
}

/// From the loop's own thread the flag is enough; another thread must also end its sleep.
void EpollDispatcher::wakeUp() {
    if (!m_woken.exchange(true) && QThread::currentThread() != thread())
        m_descriptors->wakeUp();
}

void EpollDispatcher::interrupt() {
    m_interrupted = true;
    wakeUp();
}

} // namespace quaygate
