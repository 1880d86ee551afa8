#pragma once

#include "gateway/azure/spoken_apis.h"

#include <QString>

namespace quaygate {

/// Tells what a deployment was found to lack and what is done about it; empty: nothing was found.
QString spokenHint(SpokenApis spoken);

} // namespace quaygate
