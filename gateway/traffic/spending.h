#pragma once

#include "gateway/traffic/budget_period.h"

#include <atomic>
#include <functional>

namespace quaygate {

/// What was spent in one period.
struct Spent {
    qint64 period = 0; ///< BudgetPeriod::number
    qint64 tokens = 0;
    qint64 nanodollars = 0;
    /// Answers whose tokens or whose price were not known: what they cost is not in the sums.
    qint64 unreckoned = 0;

    double dollars() const { return double(nanodollars) / 1e9; }
    bool operator==(const Spent &) const = default;
};

/// Counts what somebody spends, and begins anew with each day or month. Any thread; no lock but
/// for the first call of a new period, which asks the calendar. A clock that is set back by no more
/// than one period (a journey across time zones at midnight) does not begin anew.
class Spending {
public:
    using Time = BudgetPeriod::Time;
    using Zone = std::function<QTimeZone()>;

    explicit Spending(
        Budget::Per per, Zone zone = [] { return QTimeZone::systemTimeZone(); });
    ~Spending();
    Spending(const Spending &) = delete;
    Spending &operator=(const Spending &) = delete;

    /// In the period of `now`; `more.period` has no meaning.
    void add(const Spent &more, Time now);
    Spent spent(Time now) const;
    /// When it begins anew.
    Time end(Time now) const;

private:
    /// Immutable once it is reached by `m_current`; what was counted before it began is its base.
    struct Period {
        BudgetPeriod calendar;
        Spent base;
        const Period *before; ///< kept, since somebody may still look at it; one a day or month
    };

    const Period &current(Time now) const;
    Period following(const Period *known, Time now) const;
    Spent totals() const;

    const Budget::Per m_per;
    const Zone m_zone;
    mutable std::atomic<const Period *> m_current = nullptr;
    std::atomic<qint64> m_tokens = 0;
    std::atomic<qint64> m_nanodollars = 0;
    std::atomic<qint64> m_unreckoned = 0;
};

} // namespace quaygate
