#include "gateway/http/curl_engine.h"

#include "gateway/http/alarm.h"
#include "gateway/http/curl_job.h"
#include "gateway/http/loop_call.h"
#include "gateway/http/socket_poller.h"

#include <csignal>

#include <unordered_map>
#include <utility>

namespace quaygate {

namespace {

using Clock = UpstreamTransfer::Clock;
using Stage = UpstreamTransfer::Stage;

constexpr long maxPooledConnections = 256;

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

class CurlEngine::Private : public std::enable_shared_from_this<Private> {
public:
    explicit Private(std::function<void()> itsOnWork);
    ~Private();

    void start(UpstreamTransfer &transfer, const QList<QByteArray> &lines,
               const QByteArray &caFile);
    void drop(UpstreamTransfer &transfer);
    void goOn(UpstreamTransfer &transfer);

    void work();
    void stop();

    const Job *find(const UpstreamTransfer &transfer) const {
        const auto found = m_jobs.find(const_cast<UpstreamTransfer *>(&transfer));
        return found == m_jobs.end() ? nullptr : found->second.get();
    }

    Notebook book;

private:
    void touch() { book.now = Clock::now(); }
    void advance();
    void readMessages();
    void completed(Job &job, CURLcode code);
    bool repeat(Job &job, CURLcode code);
    void release(UpstreamTransfer &transfer);

    static int onSocket(CURL *, curl_socket_t socket, int what, void *user, void *) noexcept;
    static int onTimer(CURLM *, long ms, void *user) noexcept;

    std::function<void()> m_onWork;
    CURLM *m_multi;
    SocketPoller m_poller;
    JobPool m_pool{book, m_poller};
    std::unordered_map<UpstreamTransfer *, std::unique_ptr<Job>> m_jobs;
    Alarm m_alarm;
    LaterPtr<LoopCall> m_workSoon;
    std::optional<Clock::time_point> m_due; ///< when libcurl wants to be called
    bool m_working = false;
    bool m_stopped = false;
};

CurlEngine::Private::Private(std::function<void()> itsOnWork)
    : m_onWork(std::move(itsOnWork))
    , m_poller(
          [this](SocketPoller::Socket socket, bool readable, bool writable) {
              touch();
              const int what = (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0);
              int running = 0;
              curl_multi_socket_action(m_multi, curl_socket_t(socket), what, &running);
          },
          [this] { work(); })
    , m_alarm([this] {
        touch();
        work();
    })
    , m_workSoon(new LoopCall([this] { work(); })) {
    initialiseOnce();
    m_multi = curl_multi_init();
    Q_CHECK_PTR(m_multi);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &Private::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &Private::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, maxPooledConnections);
    // One stream a connection: libcurl stops reading a whole HTTP/2 connection when one of its
    // streams is paused and its buffer is full, and then the other streams wait for that one's
    // reader.
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, long(CURLPIPE_NOTHING));
}

CurlEngine::Private::~Private() {
    stop();
}

void CurlEngine::Private::stop() {
    if (std::exchange(m_stopped, true))
        return;
    while (!m_jobs.empty())
        release(*m_jobs.begin()->first);
    m_alarm.set(std::nullopt);
    m_workSoon.reset();
    curl_multi_cleanup(m_multi);
}

int CurlEngine::Private::onSocket(CURL *, curl_socket_t socket, int what, void *user,
                                  void *) noexcept {
    auto &poller = static_cast<Private *>(user)->m_poller;
    if (what == CURL_POLL_REMOVE)
        poller.unwatch(SocketPoller::Socket(socket));
    else
        poller.watch(SocketPoller::Socket(socket), what & CURL_POLL_IN, what & CURL_POLL_OUT);
    return 0;
}

int CurlEngine::Private::onTimer(CURLM *, long ms, void *user) noexcept {
    auto &self = *static_cast<Private *>(user);
    self.m_due.reset();
    if (ms >= 0)
        self.m_due = self.book.now + std::chrono::milliseconds(ms);
    return 0;
}

void CurlEngine::Private::start(UpstreamTransfer &transfer, const QList<QByteArray> &lines,
                                const QByteArray &caFile) {
    touch();
    auto taken = m_pool.take(transfer);
    Job &job = *taken;
    configure(job, lines, caFile);

    m_jobs.emplace(&transfer, std::move(taken));
    transfer.connecting(book.now);
    curl_multi_add_handle(m_multi, job.easy);
    advance();
    // That it is on its way is no news to whoever started it.
    if (transfer.stage != Stage::Receiving && !transfer.finished)
        book.forget(transfer);
    if (!book.changed.empty() && !m_working)
        m_workSoon->ask();
}

void CurlEngine::Private::drop(UpstreamTransfer &transfer) {
    touch();
    release(transfer);
    book.forget(transfer);
    m_alarm.set(m_due);
}

/// Not from within libcurl. The connection goes back to the pool if the answer was whole, else it
/// is closed: with HTTP/2 too, for which libcurl would keep it and send the reset of the stream
/// only later.
void CurlEngine::Private::release(UpstreamTransfer &transfer) {
    const auto found = m_jobs.find(&transfer);
    if (found == m_jobs.end())
        return;
    std::unique_ptr<Job> job = std::move(found->second);
    m_jobs.erase(found);
    if (!transfer.finished)
        curl_easy_setopt(job->easy, CURLOPT_FORBID_REUSE, 1L);
    curl_multi_remove_handle(m_multi, job->easy);
    m_pool.giveBack(std::move(job));
}

void CurlEngine::Private::goOn(UpstreamTransfer &transfer) {
    const auto found = m_jobs.find(&transfer);
    if (found == m_jobs.end() || !std::exchange(found->second->heldBack, false))
        return;
    touch();
    // What libcurl kept comes now; what is still to be read comes with its timer, so that one fast
    // transfer does not hold up the others.
    const CURLcode code = curl_easy_pause(found->second->easy, CURLPAUSE_CONT);
    if (code != CURLE_OK)
        completed(*found->second, code);
    m_alarm.set(m_due);
    if (!book.changed.empty() && !m_working)
        m_workSoon->ask();
}

/// Lets libcurl do what is due, a few times at most: the event loop has others to serve too.
void CurlEngine::Private::advance() {
    readMessages();
    for (int round = 0; round < 4 && m_due && *m_due <= book.now; ++round) {
        m_due.reset();
        int running = 0;
        curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
        readMessages();
    }
    m_alarm.set(m_due);
}

void CurlEngine::Private::work() {
    const auto self = shared_from_this();
    if (m_stopped)
        return;
    touch();
    advance();
    if (book.changed.empty() || m_working)
        return;
    m_working = true;
    // A copy, because the call may destroy the engine.
    const auto onWork = m_onWork;
    onWork();
    m_working = false;
}

void CurlEngine::Private::readMessages() {
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        Job *job = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
        completed(*job, message->data.result);
    }
}

void CurlEngine::Private::completed(Job &job, CURLcode code) {
    if (repeat(job, code))
        return;
    UpstreamTransfer &transfer = *job.transfer;
    if (code != CURLE_OK || !transfer.head.isComplete())
        transfer.failure = failureOf(job, code);
    transfer.finished = true;
    book.note(transfer);
    release(transfer);
}

/// Once more on a fresh connection, if the pooled one had been dead. libcurl sees to most such
/// cases itself, but not to a large body that breaks off, nor to a pool in which all connections
/// are dead.
bool CurlEngine::Private::repeat(Job &job, CURLcode code) {
    if (job.repeated || !job.reused || job.transfer->stage == Stage::Receiving ||
        !isOfDeadConnection(code))
        return false;
    curl_multi_remove_handle(m_multi, job.easy);
    curl_easy_setopt(job.easy, CURLOPT_FRESH_CONNECT, 1L);
    job.reused = false;
    job.connectionsBefore = 0;
    job.transfer->connecting(book.now);
    book.note(*job.transfer);
    curl_multi_add_handle(m_multi, job.easy);
    return true;
}

CurlEngine::CurlEngine(std::function<void()> onWork)
    : d(std::make_shared<Private>(std::move(onWork))) {
}

CurlEngine::~CurlEngine() {
    d->stop();
}

void CurlEngine::start(UpstreamTransfer &transfer, const QList<QByteArray> &lines,
                       const QByteArray &caFile) {
    d->start(transfer, lines, caFile);
}

void CurlEngine::drop(UpstreamTransfer &transfer) {
    d->drop(transfer);
}

void CurlEngine::goOn(UpstreamTransfer &transfer) {
    d->goOn(transfer);
}

UpstreamPhase CurlEngine::phase(const UpstreamTransfer &transfer) const {
    const Job *job = d->find(transfer);
    return job ? phaseOf(*job) : UpstreamPhase::Connecting;
}

std::vector<UpstreamTransfer *> CurlEngine::takeChanged() {
    auto changed = std::exchange(d->book.changed, {});
    for (UpstreamTransfer *transfer : changed)
        transfer->noted = false;
    return changed;
}

QString CurlEngine::systemCaFile() {
    return systemCaFilePath();
}

} // namespace quaygate
