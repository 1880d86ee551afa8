#include "gateway/http/curl_loop.h"

#include <csignal>

#include <utility>

namespace quaygate {

namespace {

constexpr long maxPooledConnections = 256;
constexpr long connectionsInGroup = 16;

void initialiseOnce() {
    static const CURLcode code = [] {
#ifdef SIGPIPE
        // OpenSSL writes without MSG_NOSIGNAL, and CURLOPT_NOSIGNAL leaves the signal to us.
        struct sigaction present {};
        if (sigaction(SIGPIPE, nullptr, &present) == 0 && present.sa_handler == SIG_DFL) {
            present.sa_handler = SIG_IGN;
            sigaction(SIGPIPE, &present, nullptr);
        }
#endif
        return curl_global_init(CURL_GLOBAL_DEFAULT);
    }();
    if (code != CURLE_OK)
        qFatal("libcurl does not start: %s", curl_easy_strerror(code));
}

} // namespace

CurlLoop::CurlLoop(std::function<void()> onTurn)
    : m_onTurn(std::move(onTurn))
    , m_poller([this](Socket socket, bool readable,
                      bool writable) { socketReady(socket, readable, writable); },
               [this] { turn(); })
    , m_alarm([this] { turn(); })
    , m_turnSoon(new LoopCall([this] { turn(); })) {
    initialiseOnce();
    m_multi = curl_multi_init();
    Q_CHECK_PTR(m_multi);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlLoop::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlLoop::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, maxPooledConnections);
    // One stream a connection: libcurl stops reading a whole HTTP/2 connection when one of its
    // streams is paused and its buffer is full, and then the other streams wait for that one's
    // reader.
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, long(CURLPIPE_NOTHING));
}

CurlLoop::~CurlLoop() {
    stop();
}

void CurlLoop::stop() {
    if (std::exchange(m_stopped, true))
        return;
    for (CurlHandle *handle : std::exchange(m_handles, {}))
        curl_multi_remove_handle(m_multi, handle->easy);
    m_users.clear();
    m_alarm.set(std::nullopt);
    m_turnSoon.reset();
    curl_multi_cleanup(m_multi);
}

void CurlLoop::add(CurlHandle &handle) {
    if (m_stopped)
        return;
    touch();
    m_handles.insert(&handle);
    curl_multi_add_handle(m_multi, handle.easy);
    kick();
    askTurn(); // for what libcurl is done with already
}

void CurlLoop::remove(CurlHandle &handle) {
    if (m_handles.erase(&handle) == 0)
        return;
    touch();
    curl_multi_remove_handle(m_multi, handle.easy);
    m_alarm.set(m_due);
}

CURLcode CurlLoop::goOn(CurlHandle &handle) {
    touch();
    // What libcurl kept comes now; what is still to be read comes with its timer, so that one fast
    // transfer does not hold up the others.
    const CURLcode code = curl_easy_pause(handle.easy, CURLPAUSE_CONT);
    m_alarm.set(m_due);
    return code;
}

void CurlLoop::watch(Socket socket, SocketUser &user, bool read, bool write) {
    if (m_stopped)
        return;
    m_users[socket] = &user;
    m_poller.watch(socket, read, write);
}

void CurlLoop::unwatch(Socket socket) {
    if (m_users.erase(socket) > 0)
        m_poller.unwatch(socket);
}

std::shared_ptr<ConnectionGroup> CurlLoop::group() {
    if (!m_group || m_group.use_count() > connectionsInGroup)
        m_group = std::make_shared<ConnectionGroup>();
    return m_group;
}

void CurlLoop::readSoon(Socket socket) {
    m_readAgain.push_back(socket);
    if (m_turnSoon)
        m_turnSoon->ask();
}

void CurlLoop::readAgain() {
    for (const Socket socket : std::exchange(m_readAgain, {})) {
        const auto found = m_users.find(socket);
        if (found != m_users.end() && !m_stopped)
            found->second->socketReady(true, false); // may stop this
    }
}

void CurlLoop::askTurn() {
    if (!m_working && m_turnSoon)
        m_turnSoon->ask();
}

int CurlLoop::onSocket(CURL *, curl_socket_t socket, int what, void *user, void *) noexcept {
    auto &poller = static_cast<CurlLoop *>(user)->m_poller;
    if (what == CURL_POLL_REMOVE)
        poller.unwatch(Socket(socket));
    else
        poller.watch(Socket(socket), what & CURL_POLL_IN, what & CURL_POLL_OUT);
    return 0;
}

int CurlLoop::onTimer(CURLM *, long ms, void *user) noexcept {
    auto &self = *static_cast<CurlLoop *>(user);
    self.m_due.reset();
    if (ms >= 0)
        self.m_due = self.m_now + std::chrono::milliseconds(ms);
    return 0;
}

void CurlLoop::socketReady(Socket socket, bool readable, bool writable) {
    touch();
    if (const auto found = m_users.find(socket); found != m_users.end()) {
        found->second->socketReady(readable, writable); // may stop this
        return;
    }
    const int what = (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0);
    int running = 0;
    curl_multi_socket_action(m_multi, curl_socket_t(socket), what, &running);
}

/// Lets libcurl do what is due, a few times at most: the event loop has others to serve too.
void CurlLoop::kick() {
    for (int round = 0; round < 4 && m_due && *m_due <= m_now; ++round) {
        m_due.reset();
        int running = 0;
        curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    m_alarm.set(m_due);
}

void CurlLoop::turn() {
    const auto self = shared_from_this();
    if (m_stopped)
        return;
    touch();
    kick();
    readMessages();
    readAgain();
    if (m_stopped || m_working)
        return;
    m_working = true;
    // A copy, because the call may be the end of what it belongs to.
    const auto onTurn = m_onTurn;
    onTurn();
    m_working = false;
}

void CurlLoop::readMessages() {
    int left = 0;
    while (!m_stopped) {
        const CURLMsg *message = curl_multi_info_read(m_multi, &left);
        if (!message)
            return;
        if (message->msg != CURLMSG_DONE)
            continue;
        CurlHandle *handle = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &handle);
        handle->completed(message->data.result); // may stop this
    }
}

} // namespace quaygate
