#include "gateway/traffic/record_queue.h"

#include <utility>

namespace quaygate::traffic {

RecordQueue::RecordQueue(size_t capacity, qint64 bytesOfBodies)
    : m_slots(capacity), m_mostBodies(bytesOfBodies) {
}

RecordQueue::~RecordQueue() {
    for (Slot &slot : m_slots)
        delete slot.record.load(std::memory_order_relaxed);
}

qint64 RecordQueue::bodies(const TrafficRecord &record) {
    return record.requestBody.size() + record.responseBody.size();
}

bool RecordQueue::add(std::unique_ptr<TrafficRecord> record) {
    if (const qint64 size = bodies(*record);
        size > 0 && m_bodies.fetch_add(size, std::memory_order_relaxed) + size > m_mostBodies) {
        m_bodies.fetch_sub(size, std::memory_order_relaxed);
        record->requestBody.clear();
        record->responseBody.clear();
    }
    const quint64 ticket = m_next.fetch_add(1, std::memory_order_relaxed);
    Slot &slot = m_slots[ticket % m_slots.size()];
    if (TrafficRecord *old = slot.record.exchange(record.release(), std::memory_order_acq_rel)) {
        m_bodies.fetch_sub(bodies(*old), std::memory_order_relaxed);
        m_dropped.fetch_add(1, std::memory_order_relaxed);
        delete old;
    }
    quint64 filled = slot.filled.load(std::memory_order_relaxed);
    while (filled <= ticket && !slot.filled.compare_exchange_weak(filled, ticket + 1)) {
    }
    // Sequentially consistent with the store in `take`: either `take` sees the record, or this
    // sees that nobody has been told.
    return !m_told.exchange(true, std::memory_order_seq_cst);
}

QList<TrafficRecord> RecordQueue::take() {
    m_told.exchange(false, std::memory_order_seq_cst);
    QList<TrafficRecord> records;
    const quint64 end = m_next.load(std::memory_order_acquire);
    if (end - m_taken > m_slots.size())
        m_taken = end - m_slots.size(); // the others were dropped
    records.reserve(qsizetype(end - m_taken));
    for (; m_taken < end; ++m_taken) {
        Slot &slot = m_slots[m_taken % m_slots.size()];
        const std::unique_ptr<TrafficRecord> record(
            slot.record.exchange(nullptr, std::memory_order_acq_rel));
        if (!record) {
            if (slot.filled.load() > m_taken)
                continue; // it came a turn early, in place of one that had to make room
            break;        // its `add` is between ticket and slot, and will tell
        }
        m_bodies.fetch_sub(bodies(*record), std::memory_order_relaxed);
        records.append(std::move(*record));
    }
    return records;
}

} // namespace quaygate::traffic
