#pragma once

#include "gateway/simulator/operation.h"

#include <QJsonArray>

namespace quaygate::simulator {

/// Which items come first if the request does not say.
enum class PageOrder { OldestFirst, NewestFirst };

/// One page of a list whose items have ids and stand oldest first, as `limit` (20; 1 to 100),
/// `order`, `after` and `before` of the query say.
SimulatedAnswer pagedList(const QJsonArray &oldestFirst, PageOrder order, const Call &call);

} // namespace quaygate::simulator
