#include "app/keychain_state.h"

namespace quaygate {

void findKeychainState(QObject *context, std::function<void(KeychainState)> done) {
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done(KeychainState::Unknown); }, Qt::QueuedConnection);
}

} // namespace quaygate
