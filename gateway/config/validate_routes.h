#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

namespace quaygate {

/// Checks each route, that its backends are there and that routes differ; findings are at
/// "/routes/0" and below. Inner part of the validation.
void checkRoutes(const Config &config, Findings &findings);

} // namespace quaygate
