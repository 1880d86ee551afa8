#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>

namespace quaygate::test {

/// Runs the event loop until `condition` holds; false if it did not within the time. Waits for
/// events, so it wakes as soon as something happens; the time only bounds a failing test.
template<typename Condition>
bool waitUntil(Condition condition, std::chrono::milliseconds atMost = std::chrono::seconds(30)) {
    const QDeadlineTimer deadline(atMost);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    }
    return true;
}

} // namespace quaygate::test
