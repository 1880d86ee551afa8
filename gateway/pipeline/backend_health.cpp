#include "gateway/pipeline/backend_health.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

using Time = BackendHealth::Time;
using Duration = BackendHealth::Duration;

constexpr auto relaxed = std::memory_order_relaxed;

/// A request that tries and never tells (it may take as long as it likes) does not keep others from
/// trying for ever.
constexpr auto longestTrial = 30s;

/// How soon one who waits for the outcome of somebody's trial looks again.
constexpr auto trialPoll = 50ms;

/// Retry-After of a day is a quota that somebody may raise meanwhile.
constexpr Duration longestPause = 10min;

Duration::rep ticks(Time time) {
    return time.time_since_epoch().count();
}

Time timeAt(Duration::rep ticks) {
    return Time(Duration(ticks));
}

} // namespace

Duration BackendHealth::latency() const {
    return Duration(m_latency.load(relaxed));
}

Time BackendHealth::readyAt(Time now) const {
    const Time until = timeAt(m_setAside.load(relaxed));
    return until <= now && !wouldAdmit(now) ? now + trialPoll : until;
}

bool BackendHealth::wouldAdmit(Time now) const {
    const Duration::rep until = m_setAside.load(relaxed);
    if (until == 0)
        return true;
    if (ticks(now) < until)
        return false;
    const Duration::rep began = m_trialBegan.load(relaxed);
    return began == 0 || now - timeAt(began) > longestTrial;
}

bool BackendHealth::admit(Time now) {
    if (m_setAside.load(relaxed) == 0)
        return true;
    if (!wouldAdmit(now))
        return false;
    Duration::rep began = m_trialBegan.load(relaxed);
    if (began != 0 && now - timeAt(began) <= longestTrial)
        return false;
    return m_trialBegan.compare_exchange_strong(began, ticks(now));
}

void BackendHealth::answered(std::optional<Duration> latency) {
    m_failures.store(0, relaxed);
    m_setAside.store(0, relaxed);
    m_trialBegan.store(0, relaxed);
    if (!latency)
        return;
    // Two workers at once may lose one of their figures, which an average does not mind.
    const Duration::rep before = m_latency.load(relaxed);
    const Duration::rep measured = std::max<Duration::rep>(latency->count(), 1);
    m_latency.store(before == 0 ? measured : before + (measured - before) / 8, relaxed);
}

void BackendHealth::failed(Time now, const Cooldown &cooldown, std::optional<Duration> pause) {
    const int failures = m_failures.fetch_add(1, relaxed) + 1;
    const bool wasTrial = m_trialBegan.load(relaxed) != 0;
    Duration aside{0};
    if (failures >= cooldown.failures || wasTrial)
        aside = cooldown.duration;
    if (pause)
        aside = std::max(aside, std::min(*pause, longestPause));
    if (aside > Duration(0))
        m_setAside.store(std::max(ticks(now + aside), m_setAside.load(relaxed)), relaxed);
    m_trialBegan.store(0, relaxed);
}

void BackendHealth::gaveUp() {
    m_trialBegan.store(0, relaxed);
}

std::shared_ptr<BackendHealth> HealthBoard::of(const Backend &backend) {
    const std::lock_guard lock(m_mutex);
    Entry &entry = m_entries[backend.name];
    if (!entry.health || entry.endpoint != backend.endpoint ||
        entry.deploymentName != backend.deploymentName)
        entry = {backend.endpoint, backend.deploymentName, std::make_shared<BackendHealth>()};
    return entry.health;
}

std::shared_ptr<const BackendHealth> HealthBoard::find(const QString &name) const {
    const std::lock_guard lock(m_mutex);
    return m_entries.value(name).health;
}

} // namespace quaygate
