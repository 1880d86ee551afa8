#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

namespace quaygate {

inline constexpr qsizetype maxSecretNameLength = 64;

/// Whether a secret may have that name: not empty, at most 64 characters, no control characters.
/// The error is a ConfigInvalid that says what is wrong with it.
Result<void> checkSecretName(const QString &name);

/// Whether there is anything to save: an empty key helps nobody, and no keychain gives it back.
Result<void> checkNotEmpty(const Secret &secret);

} // namespace quaygate
