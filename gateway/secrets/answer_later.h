#pragma once

#include <QObject>

#include <utility>

namespace quaygate {

/// Calls `done(answer)` from the event loop of `owner`, and not at all if the owner is gone by
/// then: what SecretStore promises of every callback.
template<typename Done, typename Answer>
void answerLater(QObject *owner, Done done, Answer answer) {
    QMetaObject::invokeMethod(
        owner,
        [done = std::move(done), answer = std::move(answer)]() mutable { done(std::move(answer)); },
        Qt::QueuedConnection);
}

} // namespace quaygate
