#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <functional>

namespace quaygate {

/// Calls a function once from the event loop of the thread it lives on; asking again before that
/// costs nothing. The function may destroy the object.
class LoopCall : public QObject {
public:
    explicit LoopCall(std::function<void()> function) : m_function(std::move(function)) {}

    void ask();
    bool event(QEvent *event) override;

private:
    std::function<void()> m_function;
    bool m_asked = false;
};

/// Owns an object that may be dropped while its own signal or event is being handled.
struct DeleteLater {
    /// A call that was asked for does not come any more.
    void operator()(QObject *object) const {
        QCoreApplication::removePostedEvents(object, QEvent::User);
        object->deleteLater();
    }
};
template<typename T>
using LaterPtr = std::unique_ptr<T, DeleteLater>;

} // namespace quaygate
