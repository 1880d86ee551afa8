#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

namespace quaygate {

/// Findings are at "/prices/MODEL" and below. Inner part of the validation.
void checkPrices(const QList<ModelPrice> &prices, Findings &findings);

} // namespace quaygate
