#include "gateway/http/connection_pool.h"

#include <algorithm>

namespace quaygate {

class ConnectionPool::Idle : public UpstreamConnection::User {
public:
    Idle(ConnectionPool &pool, std::unique_ptr<UpstreamConnection> itsConnection,
         Clock::time_point now)
        : connection(std::move(itsConnection)), since(now), m_pool(pool) {
        connection->setUser(*this);
        connection->watch(true, false);
    }

    void connectionOpened() override {}
    void connectionFailed(UpstreamCause, UpstreamPhase, const QString &) override {}
    void connectionReady(bool, bool) override {
        if (!connection->isQuiet())
            m_pool.forget(*this);
    }

    std::unique_ptr<UpstreamConnection> connection;
    Clock::time_point since;

private:
    ConnectionPool &m_pool;
};

ConnectionPool::ConnectionPool() = default;
ConnectionPool::~ConnectionPool() = default;

std::unique_ptr<UpstreamConnection> ConnectionPool::take(const ConnectionSettings &settings,
                                                         Clock::time_point now) {
    for (auto idle = m_idle.begin(); idle != m_idle.end();) {
        if (idle->connection->settings() != settings) {
            ++idle;
            continue;
        }
        auto connection = std::move(idle->connection);
        const bool isGood = now - idle->since < maxIdleTime && connection->isQuiet();
        idle = m_idle.erase(idle);
        if (isGood)
            return connection;
    }
    return nullptr;
}

void ConnectionPool::giveBack(std::unique_ptr<UpstreamConnection> connection,
                              Clock::time_point now) {
    m_idle.emplace_front(*this, std::move(connection), now);
    if (m_idle.size() > maxIdle)
        m_idle.pop_back();
}

void ConnectionPool::clear() {
    m_idle.clear();
}

void ConnectionPool::forget(Idle &idle) {
    m_idle.remove_if([&idle](const Idle &other) { return &other == &idle; });
}

} // namespace quaygate
