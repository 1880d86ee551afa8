#include "tests/bench/gateway/sockets.h"
#include "tests/bench/gateway/stream_reader.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// stream_load PORT STREAMS SECONDS: sends the HTTP request on standard input to 127.0.0.1:PORT on
// that many connections at once and reads each answer, a chunked stream of server-sent events, to
// its end. Prints "open" when each has brought an event, and at the end, at most after SECONDS, one
// line of JSON.

namespace quaygate::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Stream {
    int socket;
    std::size_t sent = 0;
    StreamReader reader{};
    Clock::duration firstEvent{0};
};

class Load {
public:
    Load(std::uint16_t port, long streams, std::string request)
        : m_request(std::move(request)), m_running(streams) {
        for (long i = 0; i < streams; ++i) {
            m_streams.push_back(std::make_unique<Stream>(Stream{connectTo(port)}));
            watch(m_epoll, m_streams.back()->socket, EPOLLOUT, m_streams.back().get());
        }
    }

    void run(std::chrono::seconds limit) {
        std::array<epoll_event, 256> events;
        while (m_running > 0) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(m_began + limit - Clock::now());
            if (left.count() <= 0)
                break;
            const int count =
                epoll_wait(m_epoll, events.data(), events.size(), static_cast<int>(left.count()));
            for (int i = 0; i < count; ++i)
                handle(*static_cast<Stream *>(events[static_cast<std::size_t>(i)].data.ptr));
        }
        m_took = Clock::now() - m_began;
    }

    void report() const {
        long complete = 0, events = 0;
        std::vector<double> first;
        for (const auto &stream : m_streams) {
            complete += stream->reader.state() == StreamReader::State::Over;
            events += stream->reader.events();
            if (stream->reader.events() > 0)
                first.push_back(std::chrono::duration<double>(stream->firstEvent).count());
        }
        std::sort(first.begin(), first.end());
        std::printf(R"({"complete": %ld, "events": %ld, "seconds": %.4f, "first_event": %.5f})"
                    "\n",
                    complete, events, std::chrono::duration<double>(m_took).count(),
                    first.empty() ? 0.0 : first[first.size() / 2]);
    }

private:
    void handle(Stream &stream) {
        if (stream.sent < m_request.size())
            return sendSome(stream);
        std::array<char, 16 * 1024> buffer;
        const ssize_t got = recv(stream.socket, buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0)
            return finish(stream);
        const bool had = stream.reader.events() > 0;
        stream.reader.read({buffer.data(), static_cast<std::size_t>(got)});
        if (!had && stream.reader.events() > 0) {
            stream.firstEvent = Clock::now() - m_began;
            if (++m_open == static_cast<long>(m_streams.size())) {
                std::puts("open");
                std::fflush(stdout);
            }
        }
        const auto state = stream.reader.state();
        if (state == StreamReader::State::Over || state == StreamReader::State::Broken)
            finish(stream);
    }

    void sendSome(Stream &stream) {
        const ssize_t sent = send(stream.socket, m_request.data() + stream.sent,
                                  m_request.size() - stream.sent, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN)
            return;
        if (sent < 0)
            return finish(stream);
        stream.sent += static_cast<std::size_t>(sent);
        if (stream.sent == m_request.size())
            changeWatch(m_epoll, stream.socket, EPOLLIN, &stream);
    }

    void finish(Stream &stream) {
        close(stream.socket);
        --m_running;
    }

    const Clock::time_point m_began = Clock::now();
    Clock::duration m_took{0};
    const int m_epoll = checked(epoll_create1(EPOLL_CLOEXEC), "epoll");
    const std::string m_request;
    std::vector<std::unique_ptr<Stream>> m_streams;
    long m_running;
    long m_open = 0;
};

} // namespace
} // namespace quaygate::bench

int main(int argc, char **argv) {
    if (argc != 4) {
        std::fputs("usage: stream_load PORT STREAMS SECONDS < REQUEST\n", stderr);
        return 2;
    }
    using namespace quaygate::bench;
    const auto port = static_cast<std::uint16_t>(numberArgument(argv[1], 1, 65535));
    const long streams = numberArgument(argv[2], 1, 1000);
    const std::chrono::seconds limit(numberArgument(argv[3], 1, 600));
    std::string request(std::istreambuf_iterator<char>(std::cin), {});
    Load load(port, streams, std::move(request));
    load.run(limit);
    load.report();
}
