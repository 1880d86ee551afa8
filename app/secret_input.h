#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

namespace quaygate {

/// The most that is taken for a secret.
inline constexpr qsizetype maxSecretSize = 64 * 1024;

/// Reads a secret from standard input, waiting for it. From a terminal: asks with `prompt` on
/// standard error and reads one line, which is not shown. Else: everything up to the end. One line
/// end at the end is not part of the secret. Fails if nothing is left, or if there is too much.
Result<Secret> readSecretInput(const QString &prompt);

} // namespace quaygate
