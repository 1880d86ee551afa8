#pragma once

#include "gateway/config/config.h"

#include <QHash>
#include <QString>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace quaygate {

/// How a backend has been doing: shared by all workers, made of atomics, so that nobody waits.
class BackendHealth {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    int inFlight() const { return m_inFlight.load(std::memory_order_relaxed); }
    /// To the head of an answer, the recent ones counting most; 0: none yet.
    Duration latency() const;
    /// From when on it can be asked, as far as one can tell now; in the past: at once.
    Time readyAt(Time now) const;

    void began() { m_inFlight.fetch_add(1, std::memory_order_relaxed); }
    void ended() { m_inFlight.fetch_sub(1, std::memory_order_relaxed); }

    /// False while it is set aside, and afterwards while another request tries whether it is well
    /// again. True may mean that the caller is that request: it must tell how that went, or
    /// `gaveUp`.
    bool admit(Time now);
    /// The same without becoming that request.
    bool wouldAdmit(Time now) const;

    /// It is well; `latency` if that is worth counting.
    void answered(std::optional<Duration> latency);
    /// `pause` is for how long it said it wants to be left alone, if it did.
    void failed(Time now, const Cooldown &cooldown, std::optional<Duration> pause);
    /// Nothing was found out: the client left.
    void gaveUp();

private:
    std::atomic<int> m_inFlight{0};
    std::atomic<int> m_failures{0};             ///< one after the other
    std::atomic<Duration::rep> m_latency{0};    ///< in ticks of the clock, as the next ones
    std::atomic<Duration::rep> m_setAside{0};   ///< until then; 0: it is well
    std::atomic<Duration::rep> m_trialBegan{0}; ///< 0: nobody tries
};

/// The health of every backend, by name. Asked when a snapshot is made ready for a worker, which is
/// why it may lock; a backend keeps its health as long as it stays what it is.
class HealthBoard {
public:
    std::shared_ptr<BackendHealth> of(const Backend &backend);
    /// Null: nothing is known.
    std::shared_ptr<const BackendHealth> find(const QString &name) const;

private:
    struct Entry {
        QString endpoint;
        QString deploymentName;
        std::shared_ptr<BackendHealth> health;
    };

    mutable std::mutex m_mutex;
    QHash<QString, Entry> m_entries; ///< bounded by the names that a person gives
};

} // namespace quaygate
