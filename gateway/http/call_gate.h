#pragma once

#include <QByteArray>

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace quaygate {

/// Lets at most so many calls of one key through at once; the others wait in the order they came.
/// Pure; knows the calls by pointer only.
template<typename Call>
class CallGate {
public:
    /// True: the call may go, and must `leave` later. False: it waits until `leave` returns it.
    bool enter(const QByteArray &key, int cap, Call *call) {
        Queue &queue = m_queues[key];
        queue.cap = cap;
        if (queue.inside < queue.cap && queue.waiting.empty()) {
            ++queue.inside;
            return true;
        }
        queue.waiting.push_back(call);
        return false;
    }

    /// A call that was let through is over. Returns the one that is let through in its place, or
    /// null.
    Call *leave(const QByteArray &key) {
        --m_queues[key].inside;
        return next(key);
    }

    /// The next call that there is room for, which is then let through, or null. There is room for
    /// more than one when the cap was raised.
    Call *next(const QByteArray &key) {
        const auto found = m_queues.find(key);
        if (found == m_queues.end())
            return nullptr;
        Queue &queue = found->second;
        if (!queue.waiting.empty() && queue.inside < queue.cap) {
            Call *call = queue.waiting.front();
            queue.waiting.pop_front();
            ++queue.inside;
            return call;
        }
        if (queue.inside == 0 && queue.waiting.empty())
            m_queues.erase(found);
        return nullptr;
    }

    /// A call that waits gives up.
    void abandon(const QByteArray &key, Call *call) {
        const auto found = m_queues.find(key);
        if (found == m_queues.end())
            return;
        std::erase(found->second.waiting, call);
        if (found->second.inside == 0 && found->second.waiting.empty())
            m_queues.erase(found);
    }

    bool isEmpty() const { return m_queues.empty(); }

private:
    struct Queue {
        int inside = 0;
        int cap = 0;
        std::deque<Call *> waiting;
    };
    std::unordered_map<QByteArray, Queue> m_queues;
};

} // namespace quaygate
