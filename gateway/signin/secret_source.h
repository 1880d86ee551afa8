#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/secret_store.h"

#include <functional>

namespace quaygate {

/// Finds the secret that an Auth of the kinds Keychain and Environment names; it is asked for no
/// other kind. Called on the thread of the stores; answers there, later.
using SecretSource = std::function<void(const Auth &auth, SecretStore::ReadDone done)>;

} // namespace quaygate
