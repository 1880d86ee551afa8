#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

namespace quaygate {

/// Checks each client key and that they differ; findings are at "/clientKeys/0" and below. Inner
/// part of the validation.
void checkClientKeys(const QList<ClientKey> &keys, Findings &findings);

} // namespace quaygate
