#pragma once

#include "gateway/config/rules.h"

#include <QTimeZone>

#include <chrono>

namespace quaygate {

/// The day or month of the calendar in which a budget is spent.
struct BudgetPeriod {
    using Time = std::chrono::system_clock::time_point;

    qint64 number = 0; ///< days since -4713 (Julian), or months since the year 0
    Time begin;
    Time end; ///< when the next one begins

    bool contains(Time now) const { return begin <= now && now < end; }
    bool operator==(const BudgetPeriod &) const = default;
};

/// The period in which `now` is in that time zone. A day has 23 or 25 hours where the clocks
/// change, and begins at its first moment where there is no midnight.
BudgetPeriod budgetPeriod(Budget::Per per, BudgetPeriod::Time now, const QTimeZone &zone);

} // namespace quaygate
