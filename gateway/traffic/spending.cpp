#include "gateway/traffic/spending.h"

#include <memory>
#include <utility>

namespace quaygate {

Spending::Spending(Budget::Per per, Zone zone) : m_per(per), m_zone(std::move(zone)) {
}

Spending::~Spending() {
    for (const Period *period = m_current.load(); period;)
        period = std::unique_ptr<const Period>(period)->before;
}

Spent Spending::totals() const {
    return {0, m_tokens.load(std::memory_order_relaxed),
            m_nanodollars.load(std::memory_order_relaxed),
            m_unreckoned.load(std::memory_order_relaxed)};
}

const Spending::Period &Spending::current(Time now) const {
    const Period *known = m_current.load(std::memory_order_acquire);
    for (;;) {
        if (known && known->calendar.contains(now))
            return *known;
        auto next = std::make_unique<Period>(following(known, now));
        if (m_current.compare_exchange_strong(known, next.get(), std::memory_order_acq_rel))
            return *next.release();
    }
}

Spending::Period Spending::following(const Period *known, Time now) const {
    BudgetPeriod calendar = budgetPeriod(m_per, now, m_zone());
    if (!known)
        return {calendar, {}, nullptr};
    // Another time zone moves the begin and the end of what is still the same period.
    const qint64 number = known->calendar.number;
    if (calendar.number == number || calendar.number == number - 1) {
        calendar.number = number;
        return {calendar, known->base, known};
    }
    return {calendar, totals(), known};
}

void Spending::add(const Spent &more, Time now) {
    (void)current(now); // so that it counts for this period
    m_tokens.fetch_add(more.tokens, std::memory_order_relaxed);
    m_nanodollars.fetch_add(more.nanodollars, std::memory_order_relaxed);
    m_unreckoned.fetch_add(more.unreckoned, std::memory_order_relaxed);
}

Spent Spending::spent(Time now) const {
    const Period &period = current(now);
    const Spent all = totals();
    return {period.calendar.number, all.tokens - period.base.tokens,
            all.nanodollars - period.base.nanodollars, all.unreckoned - period.base.unreckoned};
}

Spending::Time Spending::end(Time now) const {
    return current(now).calendar.end;
}

} // namespace quaygate
