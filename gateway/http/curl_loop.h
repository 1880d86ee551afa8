#pragma once

#include "gateway/http/alarm.h"
#include "gateway/http/curl_handle.h"
#include "gateway/http/loop_call.h"
#include "gateway/http/socket_poller.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace quaygate {

/// A few of libcurl's connections, apart from all others. Those that libcurl only opens must be:
/// it looks through all that are together for each piece that is sent or received.
class ConnectionGroup {
public:
    ConnectionGroup() : m_share(curl_share_init()) {
        Q_CHECK_PTR(m_share);
        curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
    }
    ~ConnectionGroup() { curl_share_cleanup(m_share); }
    ConnectionGroup(const ConnectionGroup &) = delete;
    ConnectionGroup &operator=(const ConnectionGroup &) = delete;

    CURLSH *get() const { return m_share; }

private:
    CURLSH *m_share;
};

/// libcurl's multi interface on the event loop of the thread on which it is created, used and
/// stopped. It works in turns: libcurl does what is due, then `onTurn` is called. No function of
/// anybody's is called from within libcurl, so every method may be called at any time. Held by
/// pointer, because it may be stopped in the middle of its own turn.
class CurlLoop : public std::enable_shared_from_this<CurlLoop> {
public:
    using Clock = std::chrono::steady_clock;
    using Socket = SocketPoller::Socket;

    /// A socket that is not libcurl's to watch any more.
    class SocketUser {
    public:
        virtual ~SocketUser() = default;
        /// An error or a hang-up is told as both.
        virtual void socketReady(bool readable, bool writable) = 0;
    };

    /// `onTurn` comes after each turn, from the event loop; it may stop this.
    explicit CurlLoop(std::function<void()> onTurn);
    ~CurlLoop();
    CurlLoop(const CurlLoop &) = delete;
    CurlLoop &operator=(const CurlLoop &) = delete;

    /// Ends everything that is under way, silently.
    void stop();
    bool isStopped() const { return m_stopped; }

    /// Begins what the handle was told, which is told to it when libcurl is done, never from here.
    void add(CurlHandle &handle);
    /// Breaks off. Nothing happens if it is not under way.
    void remove(CurlHandle &handle);
    /// Lets a handle go on that its receiver has stopped.
    CURLcode goOn(CurlHandle &handle);

    /// Watches the socket for `user` instead of for libcurl.
    void watch(Socket socket, SocketUser &user, bool read, bool write);
    void unwatch(Socket socket);
    /// As if the socket were found readable, in the next turn.
    void readSoon(Socket socket);

    /// Another turn soon; from within `onTurn` it would be superfluous and does not come.
    void askTurn();

    /// When this turn began, or the last.
    Clock::time_point now() const { return m_now; }
    void touch() { m_now = Clock::now(); }

    SocketPoller &poller() { return m_poller; }

    /// One that has room for one connection more. A group of its own would cost each 9 KiB.
    std::shared_ptr<ConnectionGroup> group();

private:
    void turn();
    void kick();
    void readMessages();
    void readAgain();
    void socketReady(Socket socket, bool readable, bool writable);

    static int onSocket(CURL *, curl_socket_t socket, int what, void *user, void *) noexcept;
    static int onTimer(CURLM *, long ms, void *user) noexcept;

    std::function<void()> m_onTurn;
    CURLM *m_multi;
    SocketPoller m_poller;
    Alarm m_alarm;
    LaterPtr<LoopCall> m_turnSoon;
    std::unordered_set<CurlHandle *> m_handles;
    std::shared_ptr<ConnectionGroup> m_group; ///< the last one made
    std::unordered_map<Socket, SocketUser *> m_users;
    std::vector<Socket> m_readAgain;
    Clock::time_point m_now = Clock::now();
    std::optional<Clock::time_point> m_due; ///< when libcurl wants to be called
    bool m_working = false;
    bool m_stopped = false;
};

} // namespace quaygate
