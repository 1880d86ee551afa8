#include "app/login_start.h"

#include "app/autostart.h"

namespace quaygate {

SystemLoginStart::SystemLoginStart(QObject *parent) : QObject(parent) {
    m_thread.setMaxThreadCount(1); // in the order of the calls
}

void SystemLoginStart::read(std::function<void(const Result<bool> &)> done) {
    m_thread.start([this, done = std::move(done)] {
        const auto state = makeAutostart(programToStart())->state();
        const Result<bool> isOn =
            state ? Result<bool>(*state == Autostart::State::On) : Result<bool>(state.error());
        // The pool waits for this before the object is gone; the event goes with the object.
        QMetaObject::invokeMethod(
            this, [done, isOn] { done(isOn); }, Qt::QueuedConnection);
    });
}

void SystemLoginStart::set(bool on, std::function<void(const Result<void> &)> done) {
    m_thread.start([this, on, done = std::move(done)] {
        const auto autostart = makeAutostart(programToStart());
        const Result<void> changed = on ? autostart->switchOn() : autostart->switchOff();
        QMetaObject::invokeMethod(
            this, [done, changed] { done(changed); }, Qt::QueuedConnection);
    });
}

} // namespace quaygate
