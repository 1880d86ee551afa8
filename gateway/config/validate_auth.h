#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

namespace quaygate {

/// Checks a backend's `auth`; findings are at "/auth" and below. `isElsewhere`: the endpoint is
/// good and on another machine. Inner part of the validation.
void checkAuth(const Auth &auth, bool isElsewhere, Findings &findings);

} // namespace quaygate
