#pragma once

#include "gateway/http/loop_call.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

/// Calls a function from the event loop of its thread at a time or soon after. Made to be moved a
/// lot: a later time or none costs nothing, because the timer is left to run out and then set anew.
/// The function may destroy the alarm.
class Alarm {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit Alarm(std::function<void()> function);
    ~Alarm();
    Alarm(const Alarm &) = delete;
    Alarm &operator=(const Alarm &) = delete;

    void set(std::optional<Time> time);

private:
    void arm();

    std::optional<Time> m_time;
    std::optional<Time> m_armedFor;
    std::function<void()> m_function;
    LaterPtr<QTimer> m_timer;
};

} // namespace quaygate
