#include "gateway/http/alarm.h"

namespace quaygate {

Alarm::Alarm(std::function<void()> function)
    : m_function(std::move(function)), m_timer(new QTimer) {
    m_timer->setSingleShot(true);
    m_timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] {
        m_armedFor.reset();
        if (!m_time)
            return;
        if (*m_time > std::chrono::steady_clock::now()) {
            arm();
            return;
        }
        m_time.reset();
        // A copy, because the call may destroy this object.
        const auto function = m_function;
        function();
    });
}

Alarm::~Alarm() {
    // The timer itself lives on until the event loop deletes it.
    m_timer->disconnect();
    m_timer->stop();
}

void Alarm::set(std::optional<Time> time) {
    m_time = time;
    if (m_time && (!m_armedFor || *m_time < *m_armedFor))
        arm();
}

void Alarm::arm() {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*m_time - std::chrono::steady_clock::now());
    m_timer->start(std::max(left, std::chrono::milliseconds(0)));
    m_armedFor = m_time;
}

} // namespace quaygate
