#pragma once

#include <QtGlobal>

#include <functional>
#include <memory>

namespace quaygate {

/// Watches many sockets on the event loop of its thread. On Linux one epoll descriptor stands for
/// all of them in Qt's event loop, whose cost grows with the number of descriptors; elsewhere every
/// socket has notifiers of its own. Level-triggered; may be destroyed from within its own callback.
class SocketPoller {
public:
    using Socket = qintptr;

    /// One ready socket. An error or a hang-up is reported as both readable and writable.
    using ReadyHandler = std::function<void(Socket socket, bool readable, bool writable)>;

    /// `onReady` is called for each ready socket, then `onBatchEnd` once for all that were ready
    /// together.
    SocketPoller(ReadyHandler onReady, std::function<void()> onBatchEnd);
    ~SocketPoller();
    SocketPoller(const SocketPoller &) = delete;
    SocketPoller &operator=(const SocketPoller &) = delete;

    /// Watches the socket for these from now on, instead of what it was watched for.
    void watch(Socket socket, bool read, bool write);
    /// The socket may be closed afterwards, or watched again.
    void unwatch(Socket socket);

    /// A promise that `closed` is called when this socket is closed. Between two requests it then
    /// costs nothing to unwatch it and watch it again.
    void expectClosed(Socket socket);
    void closed(Socket socket);

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace quaygate
