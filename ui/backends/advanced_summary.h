#pragma once

#include "gateway/config/config.h"

#include <QString>

namespace quaygate {

/// What of a backend's advanced settings is not as usual, in a few words: "2 headers, proxy". Empty
/// if all is as usual.
QString advancedSummary(const Backend &backend);

} // namespace quaygate
