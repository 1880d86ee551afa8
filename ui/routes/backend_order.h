#pragma once

#include "gateway/config/config.h"

#include <QString>

namespace quaygate {

/// In which order and with which shares a route asks its backends, as a sentence: "First east
/// (75 %) and west (25 %), then spare." Empty for a single one. A pure function.
QString backendOrder(const QList<RouteBackend> &backends);

} // namespace quaygate
