#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QList>
#include <QMutex>

#include <atomic>
#include <utility>

namespace quaygate::traffic {

/// The newest records on their way from the writer to the owner of the log, who may be busy for as
/// long as it likes: no more than `capacity` wait for it. Closed until the owner wants them. Inner
/// part of traffic/; thread-safe.
class RecordMailbox {
public:
    explicit RecordMailbox(qsizetype capacity) : m_capacity(capacity) {}

    void open() { m_isOpen.store(true, std::memory_order_relaxed); }
    bool isOpen() const { return m_isOpen.load(std::memory_order_relaxed); }

    /// True if the owner is to be told.
    bool put(QList<TrafficRecord> records) {
        const QMutexLocker locker(&m_mutex);
        m_waiting.append(std::move(records));
        if (m_waiting.size() > m_capacity)
            m_waiting.remove(0, m_waiting.size() - m_capacity);
        return !std::exchange(m_told, true);
    }

    QList<TrafficRecord> take() {
        const QMutexLocker locker(&m_mutex);
        m_told = false;
        return std::exchange(m_waiting, {});
    }

private:
    const qsizetype m_capacity;
    std::atomic<bool> m_isOpen = false;
    QMutex m_mutex;
    QList<TrafficRecord> m_waiting;
    bool m_told = false;
};

} // namespace quaygate::traffic
