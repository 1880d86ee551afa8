#pragma once

#include "gateway/http/sleepless_clock.h"
#include "gateway/http/upstream_connection.h"

#include <chrono>
#include <list>
#include <memory>

namespace quaygate {

/// Open connections upstream that nobody uses at the moment. Those that the peer closes, or on
/// which it says something unasked, go at once, and the oldest when there are too many.
class ConnectionPool {
public:
    using Clock = SleeplessClock;

    static constexpr std::size_t maxIdle = 256;
    /// Whoever forgets idle connections without a word (address translators, load balancers) takes
    /// longer than this.
    static constexpr std::chrono::seconds maxIdleTime{118};

    ConnectionPool();
    ~ConnectionPool();
    ConnectionPool(const ConnectionPool &) = delete;
    ConnectionPool &operator=(const ConnectionPool &) = delete;

    /// The one last given back that was made with these settings and is still good, or null.
    std::unique_ptr<UpstreamConnection> take(const ConnectionSettings &settings,
                                             Clock::time_point now);
    /// It must be open and have nothing under way.
    void giveBack(std::unique_ptr<UpstreamConnection> connection, Clock::time_point now);
    void clear();

private:
    class Idle;
    void forget(Idle &idle);

    std::list<Idle> m_idle; ///< the last one first
};

} // namespace quaygate
