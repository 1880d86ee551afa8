#include "tests/bench/gateway/sockets.h"

#include <queue>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// stream_source PORT: an upstream for streams. A POST to …/deployments/stream-COUNT-MS/… is
// answered with COUNT server-sent events as Azure's, one each MS milliseconds, and `data: [DONE]`.
// The streams are spread evenly over the interval, as those of independent users are. HTTP/1.1
// without TLS, on loopback; request bodies with a Content-Length only.

namespace quaygate::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr std::size_t requestBound = 16 * 1024 * 1024;
constexpr std::size_t pendingBound = 64 * 1024; ///< a reader slower than this delays its own events
constexpr int phases = 64;

const std::string head =
    "HTTP/1.1 200 OK\r\n"
    "content-type: text/event-stream; charset=utf-8\r\n"
    "transfer-encoding: chunked\r\n"
    "x-ms-region: Sweden Central\r\n"
    "apim-request-id: 4f1a1f0e-52a9-4c59-9a55-6a1de4a3f6a0\r\n"
    "strict-transport-security: max-age=31536000; includeSubDomains; preload\r\n"
    "x-content-type-options: nosniff\r\n"
    "x-ratelimit-remaining-requests: 249\r\n"
    "x-ratelimit-remaining-tokens: 249876\r\n\r\n";

std::string chunk(const std::string &text) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
    return size.data() + text + "\r\n";
}

const std::string event = chunk(
    R"(data: {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},)"
    R"("self_harm":{"filtered":false,"severity":"safe"}},"delta":{"content":" cloud"},)"
    R"("finish_reason":null,"index":0,"logprobs":null}],"created":1760000000,)"
    R"("id":"chatcmpl-BenchStream0000000000000000000","model":"gpt-4.1-mini-2025-04-14",)"
    R"("object":"chat.completion.chunk","system_fingerprint":"fp_178c8d546f"})"
    "\n\n");
const std::string done = chunk("data: [DONE]\n\n") + "0\r\n\r\n";

struct Plan {
    long events = 0;
    nanoseconds interval{0};
};

/// From the target's `/deployments/stream-COUNT-MS/`.
std::optional<Plan> planOf(std::string_view requestHead) {
    static constexpr std::string_view marker = "/deployments/stream-";
    const std::size_t at = requestHead.substr(0, requestHead.find("\r\n")).find(marker);
    if (at == std::string_view::npos)
        return std::nullopt;
    long count = 0, milliseconds = 0;
    const std::string rest(requestHead.substr(at + marker.size(), 40));
    if (std::sscanf(rest.c_str(), "%ld-%ld/", &count, &milliseconds) != 2)
        return std::nullopt;
    if (count < 1 || count > 1'000'000 || milliseconds < 1 || milliseconds > 60'000)
        return std::nullopt;
    return Plan{count, std::chrono::milliseconds(milliseconds)};
}

/// The declared length of the body; none if it is not declared so.
std::optional<std::size_t> bodyLength(std::string requestHead) {
    for (char &c : requestHead)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    static constexpr std::string_view name = "\r\ncontent-length:";
    const std::size_t at = requestHead.find(name);
    if (at == std::string::npos)
        return std::nullopt;
    return std::strtoull(requestHead.c_str() + at + name.size(), nullptr, 10);
}

struct Client {
    int socket;
    std::string request;
    std::string pending;      ///< of the answer, not yet taken by the socket
    std::optional<Plan> plan; ///< of the stream under way
    Clock::time_point due;
    bool waitsToWrite = false;
};

class Source {
public:
    explicit Source(std::uint16_t port)
        : m_epoll(checked(epoll_create1(EPOLL_CLOEXEC), "epoll"))
        , m_timer(checked(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), "timerfd"))
        , m_listener(listenOn(port)) {
        watch(m_epoll, m_timer, EPOLLIN, &m_timer);
        watch(m_epoll, m_listener, EPOLLIN, &m_listener);
    }

    [[noreturn]] void run() {
        std::array<epoll_event, 256> events;
        for (;;) {
            const int count = epoll_wait(m_epoll, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i)
                handle(events[static_cast<std::size_t>(i)]);
            sendWhatIsDue();
            m_gone.clear();
        }
    }

private:
    using ClientPtr = std::shared_ptr<Client>;
    struct Later {
        bool operator()(const std::pair<Clock::time_point, std::weak_ptr<Client>> &a,
                        const std::pair<Clock::time_point, std::weak_ptr<Client>> &b) const {
            return a.first > b.first;
        }
    };

    void handle(const epoll_event &event) {
        if (event.data.ptr == &m_timer) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto got = read(m_timer, &ignored, sizeof ignored);
        } else if (event.data.ptr == &m_listener) {
            accept();
        } else {
            auto *client = static_cast<Client *>(event.data.ptr);
            if (client->socket < 0)
                return;
            if ((event.events & EPOLLOUT) != 0)
                flush(*client);
            if (client->socket >= 0 && (event.events & ~std::uint32_t{EPOLLOUT}) != 0)
                receive(*client);
        }
    }

    void accept() {
        for (;;) {
            const int socket = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (socket < 0)
                return;
            auto client = std::make_shared<Client>();
            client->socket = socket;
            watch(m_epoll, socket, EPOLLIN | EPOLLRDHUP, client.get());
            m_clients.emplace(client.get(), std::move(client));
        }
    }

    void receive(Client &client) {
        std::array<char, 16 * 1024> buffer;
        for (;;) {
            const ssize_t got = recv(client.socket, buffer.data(), buffer.size(), 0);
            if (got < 0 && errno == EAGAIN)
                break;
            if (got <= 0 || client.request.size() > requestBound)
                return drop(client);
            client.request.append(buffer.data(), static_cast<std::size_t>(got));
        }
        beginIfWhole(client);
    }

    void beginIfWhole(Client &client) {
        const std::size_t end = client.request.find("\r\n\r\n");
        if (end == std::string::npos || client.plan)
            return;
        const std::string requestHead = client.request.substr(0, end + 2);
        const auto plan = planOf(requestHead);
        const auto length = bodyLength(requestHead);
        if (!plan || !length) {
            client.pending =
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            flush(client);
            return client.socket >= 0 ? drop(client) : void();
        }
        if (client.request.size() < end + 4 + *length)
            return;
        client.request.erase(0, end + 4 + *length);
        client.plan = plan;
        m_phase = (m_phase + 1) % phases;
        client.due = Clock::now() + plan->interval * m_phase / phases;
        schedule(client);
        write(client, head);
    }

    void schedule(Client &client) { m_due.emplace(client.due, m_clients.at(&client)); }

    void sendWhatIsDue() {
        while (!m_due.empty() && m_due.top().first <= Clock::now()) {
            const auto client = m_due.top().second.lock();
            m_due.pop();
            if (client && client->socket >= 0)
                sendNext(*client);
        }
        if (m_due.empty())
            return;
        const auto at = m_due.top().first.time_since_epoch();
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at);
        itimerspec timer{};
        timer.it_value.tv_sec = seconds.count();
        timer.it_value.tv_nsec = nanoseconds(at - seconds).count();
        checked(timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &timer, nullptr), "timerfd_settime");
    }

    void sendNext(Client &client) {
        if (client.pending.size() < pendingBound) {
            if (client.plan->events-- == 0) {
                client.plan.reset();
                write(client, done);
                return client.socket >= 0 ? beginIfWhole(client) : void();
            }
            write(client, event);
            if (client.socket < 0)
                return;
        }
        client.due += client.plan->interval;
        schedule(client);
    }

    void write(Client &client, const std::string &bytes) {
        client.pending += bytes;
        if (!client.waitsToWrite)
            flush(client);
    }

    void flush(Client &client) {
        while (!client.pending.empty()) {
            const ssize_t sent =
                send(client.socket, client.pending.data(), client.pending.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EAGAIN)
                break;
            if (sent < 0)
                return drop(client);
            client.pending.erase(0, static_cast<std::size_t>(sent));
        }
        const bool waits = !client.pending.empty();
        if (waits != client.waitsToWrite) {
            client.waitsToWrite = waits;
            const std::uint32_t events = EPOLLIN | EPOLLRDHUP;
            changeWatch(m_epoll, client.socket, waits ? events | EPOLLOUT : events, &client);
        }
    }

    /// The object stays until the events at hand are done with.
    void drop(Client &client) {
        close(client.socket);
        client.socket = -1;
        const auto found = m_clients.find(&client);
        m_gone.push_back(std::move(found->second));
        m_clients.erase(found);
    }

    int m_epoll;
    int m_timer;
    int m_listener;
    int m_phase = 0;
    std::unordered_map<Client *, ClientPtr> m_clients;
    std::vector<ClientPtr> m_gone;
    std::priority_queue<std::pair<Clock::time_point, std::weak_ptr<Client>>,
                        std::vector<std::pair<Clock::time_point, std::weak_ptr<Client>>>, Later>
        m_due;
};

} // namespace
} // namespace quaygate::bench

int main(int argc, char **argv) {
    if (argc != 2) {
        std::fputs("usage: stream_source PORT\n", stderr);
        return 2;
    }
    using namespace quaygate::bench;
    Source(static_cast<std::uint16_t>(numberArgument(argv[1], 1, 65535))).run();
}
