#include "gateway/http/loop_call.h"
#include "gateway/http/socket_poller.h"

#include <QSocketNotifier>

#include <unordered_map>

namespace quaygate {

class SocketPoller::Private {
public:
    using Notifier = LaterPtr<QSocketNotifier>;
    struct Pair {
        Notifier read;
        Notifier write;
    };

    Notifier make(const std::shared_ptr<Private> &self, Socket socket, QSocketNotifier::Type type) {
        Notifier notifier(new QSocketNotifier(socket, type));
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(),
                         [weak = std::weak_ptr(self), socket, type] {
                             const auto alive = weak.lock();
                             if (!alive || alive->stopped)
                                 return;
                             alive->onReady(socket, type == QSocketNotifier::Read,
                                            type == QSocketNotifier::Write);
                             if (!alive->stopped)
                                 alive->onBatchEnd();
                         });
        return notifier;
    }

    ReadyHandler onReady;
    std::function<void()> onBatchEnd;
    std::unordered_map<Socket, Pair> watched;
    bool stopped = false;
};

SocketPoller::SocketPoller(ReadyHandler onReady, std::function<void()> onBatchEnd)
    : d(std::make_shared<Private>()) {
    d->onReady = std::move(onReady);
    d->onBatchEnd = std::move(onBatchEnd);
}

SocketPoller::~SocketPoller() {
    d->stopped = true;
    while (!d->watched.empty())
        unwatch(d->watched.begin()->first);
}

void SocketPoller::watch(Socket socket, bool read, bool write) {
    Private::Pair &pair = d->watched[socket];
    if (!pair.read) {
        pair.read = d->make(d, socket, QSocketNotifier::Read);
        pair.write = d->make(d, socket, QSocketNotifier::Write);
    }
    pair.read->setEnabled(read);
    pair.write->setEnabled(write);
}

void SocketPoller::unwatch(Socket socket) {
    const auto found = d->watched.find(socket);
    if (found == d->watched.end())
        return;
    // Disabled now and deleted later: one of them may be the notifier that is being handled.
    found->second.read->setEnabled(false);
    found->second.write->setEnabled(false);
    d->watched.erase(found);
}

void SocketPoller::expectClosed(Socket) {
}

void SocketPoller::closed(Socket socket) {
    unwatch(socket);
}

} // namespace quaygate
