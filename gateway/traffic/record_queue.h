#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QList>

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

namespace quaygate::traffic {

/// The records on their way from the threads that serve to the one that writes. Adding takes no
/// lock and never waits; when the queue is full, the oldest record makes room and is counted. Any
/// number of threads add, one takes. Inner part of traffic/.
class RecordQueue {
public:
    /// `bytesOfBodies` that may wait; a record that comes when there are more loses its bodies.
    explicit RecordQueue(size_t capacity, qint64 bytesOfBodies = qint64(32) * 1024 * 1024);
    ~RecordQueue();
    RecordQueue(const RecordQueue &) = delete;
    RecordQueue &operator=(const RecordQueue &) = delete;

    /// True if whoever takes is to be told that there is something; false: it was told already.
    bool add(std::unique_ptr<TrafficRecord> record);
    bool add(TrafficRecord record) {
        return add(std::make_unique<TrafficRecord>(std::move(record)));
    }

    /// The records that wait, oldest first, and from then on `add` asks to be told again. One
    /// whose `add` has not returned may be missing; that `add` then returns true.
    QList<TrafficRecord> take();

    /// Records that had to make room, since the last call.
    qint64 takeDropped() { return m_dropped.exchange(0, std::memory_order_relaxed); }

private:
    struct Slot {
        std::atomic<TrafficRecord *> record = nullptr;
        std::atomic<quint64> filled = 0; ///< tickets below it have been here
    };

    static qint64 bodies(const TrafficRecord &record);

    std::vector<Slot> m_slots;
    std::atomic<quint64> m_next = 0; ///< ticket of the record that comes next; its slot is modulo
    quint64 m_taken = 0;             ///< tickets below it were taken or dropped; who takes has it
    const qint64 m_mostBodies;
    std::atomic<qint64> m_bodies = 0;
    std::atomic<qint64> m_dropped = 0;
    std::atomic<bool> m_told = false;
};

} // namespace quaygate::traffic
