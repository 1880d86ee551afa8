#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/secret_store.h"
#include "ui/services.h"

#include <optional>

namespace quaygate {

/// Where a key goes. The session only when a person chose it by name.
enum class KeyPlace { Keychain, Session };

/// What a form saves.
struct BackendChange {
    QString oldName; ///< empty: a new backend
    Backend backend;
    Secret key; ///< empty: the stored one stays
    KeyPlace place = KeyPlace::Keychain;
    std::optional<Route> newRoute; ///< saved with it
};

/// True if this error is about the keychain itself, so that the session store is worth offering.
bool isKeychainTrouble(const Error &error);

/// Writes the key, then the configuration, then lets the gateway forget what it knew. The first
/// failure ends it, so a configuration never names a key that could not be stored. `done` may come
/// after the form that asked is gone; guard it.
void saveBackend(const Services &services, const BackendChange &change, SecretStore::Done done);

} // namespace quaygate
