#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <utility>

namespace quaygate {

/// When each of many things must be looked at again, earliest first. Each is in at most once. Pure.
template<typename Thing>
class Deadlines {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Sets or moves the time of a thing, whose present time the caller keeps in `known`.
    void set(Thing *thing, std::optional<Time> &known, std::optional<Time> time) {
        if (known == time)
            return;
        if (known)
            m_times.erase({*known, thing});
        if (time)
            m_times.insert({*time, thing});
        known = time;
    }

    std::optional<Time> earliest() const {
        if (m_times.empty())
            return std::nullopt;
        return m_times.begin()->first;
    }

    /// The thing whose time is the earliest, if that has come.
    Thing *due(Time now) const {
        if (m_times.empty() || m_times.begin()->first > now)
            return nullptr;
        return m_times.begin()->second;
    }

private:
    std::set<std::pair<Time, Thing *>> m_times;
};

} // namespace quaygate
