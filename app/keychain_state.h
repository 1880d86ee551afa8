#pragma once

#include <QObject>

#include <functional>

namespace quaygate {

/// What stands behind the keychain, as far as the operating system lets us ask.
enum class KeychainState {
    Unknown,      ///< nothing to ask, or it gave no answer; believe what the keychain itself said
    NoService,    ///< nothing on this machine keeps secrets
    NoCollection, ///< a keyring service without a keyring
    Locked,
    Unlocked,
};

/// Finds out, without a prompt and without starting a service, and calls `done` later on this
/// thread, unless `context` is destroyed first. Needed on Linux because there a locked keyring
/// looks like an empty one to whoever reads or deletes, and because "no keyring" comes as a message
/// and not as a code. Elsewhere the answer is Unknown.
void findKeychainState(QObject *context, std::function<void(KeychainState)> done);

} // namespace quaygate
