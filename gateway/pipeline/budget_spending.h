#pragma once

#include "gateway/traffic/budgets.h"

#include <vector>

namespace quaygate {

/// What an exchange cost, once it is over and its cost is known, is spent of these budgets; the
/// record is told of what could not be counted. What failed costs nothing, but what was cut on its
/// way does.
void spend(const std::vector<MeteredBudgetPtr> &budgets, TrafficRecord &record);

} // namespace quaygate
