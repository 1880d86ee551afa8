#include "gateway/http/loop_call.h"
#include "gateway/http/socket_poller.h"

#include <QSocketNotifier>

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace quaygate {

class SocketPoller::Private {
public:
    /// What epoll was told of a descriptor and what is wanted. They differ after `unwatch`: a
    /// pooled connection is unwatched at the end of one request and watched again at the start of
    /// the next, and a system call is saved by leaving it in until it makes itself heard. Unless
    /// its closing is told, `told` is then a guess: the descriptor may have been closed, which took
    /// it out, and its number may be another socket by now.
    struct Entry {
        quint32 told = 0;
        quint32 wanted = 0;
        bool guessed = false;
        bool closingIsTold = false;
    };

    ~Private() {
        if (epoll >= 0)
            ::close(epoll);
    }

    Entry &entry(Socket socket) {
        if (size_t(socket) >= entries.size())
            entries.resize(size_t(socket) + 64);
        return entries[size_t(socket)];
    }

    void tell(Socket socket, quint32 events);
    void handleReady();

    int epoll = -1;
    LaterPtr<QSocketNotifier> notifier;
    ReadyHandler onReady;
    std::function<void()> onBatchEnd;
    std::vector<Entry> entries; ///< by descriptor, which are small numbers
    bool stopped = false;
};

void SocketPoller::Private::tell(Socket socket, quint32 events) {
    Entry &known = entry(socket);
    if (known.told == events && !known.guessed)
        return;
    epoll_event event{};
    event.events = events;
    event.data.fd = int(socket);
    if (events == 0) {
        ::epoll_ctl(epoll, EPOLL_CTL_DEL, int(socket), &event);
    } else if (::epoll_ctl(epoll, known.told ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, int(socket),
                           &event) != 0) {
        const int other = errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        if (::epoll_ctl(epoll, other, int(socket), &event) != 0)
            qWarning("epoll_ctl: %s", std::strerror(errno));
    }
    known.told = events;
    known.guessed = false;
}

void SocketPoller::Private::handleReady() {
    std::array<epoll_event, 128> events;
    const int count = ::epoll_wait(epoll, events.data(), int(events.size()), 0);
    for (int i = 0; i < count && !stopped; ++i) {
        const auto &event = events[size_t(i)];
        const Entry &known = entry(event.data.fd);
        if (known.wanted == 0) {
            tell(event.data.fd, 0);
            continue;
        }
        const bool broken = event.events & (EPOLLERR | EPOLLHUP);
        onReady(event.data.fd, broken || event.events & EPOLLIN, broken || event.events & EPOLLOUT);
    }
    if (!stopped)
        onBatchEnd();
}

SocketPoller::SocketPoller(ReadyHandler onReady, std::function<void()> onBatchEnd)
    : d(std::make_shared<Private>()) {
    d->onReady = std::move(onReady);
    d->onBatchEnd = std::move(onBatchEnd);
    d->epoll = ::epoll_create1(EPOLL_CLOEXEC);
    if (d->epoll < 0)
        qFatal("epoll_create1: %s", std::strerror(errno));
    d->notifier.reset(new QSocketNotifier(d->epoll, QSocketNotifier::Read));
    QObject::connect(d->notifier.get(), &QSocketNotifier::activated, d->notifier.get(),
                     [weak = std::weak_ptr(d)] {
                         if (const auto self = weak.lock())
                             self->handleReady();
                     });
}

SocketPoller::~SocketPoller() {
    d->stopped = true;
    d->notifier->setEnabled(false);
}

void SocketPoller::watch(Socket socket, bool read, bool write) {
    const quint32 events = (read ? quint32(EPOLLIN) : 0u) | (write ? quint32(EPOLLOUT) : 0u);
    d->entry(socket).wanted = events;
    d->tell(socket, events);
}

void SocketPoller::unwatch(Socket socket) {
    Private::Entry &known = d->entry(socket);
    known.wanted = 0;
    known.guessed = !known.closingIsTold;
}

void SocketPoller::expectClosed(Socket socket) {
    d->entry(socket).closingIsTold = true;
}

void SocketPoller::closed(Socket socket) {
    d->entry(socket) = {};
}

} // namespace quaygate
