#include "gateway/traffic/budget_period.h"

#include <QDateTime>

namespace quaygate {

namespace {

BudgetPeriod::Time timeOf(const QDateTime &moment) {
    return BudgetPeriod::Time(std::chrono::milliseconds(moment.toMSecsSinceEpoch()));
}

} // namespace

BudgetPeriod budgetPeriod(Budget::Per per, BudgetPeriod::Time now, const QTimeZone &zone) {
    using std::chrono::milliseconds;
    const qint64 sinceEpoch = std::chrono::floor<milliseconds>(now.time_since_epoch()).count();
    const QDate today = QDateTime::fromMSecsSinceEpoch(sinceEpoch, zone).date();
    const bool monthly = per == Budget::Per::Month;
    const QDate first = monthly ? QDate(today.year(), today.month(), 1) : today;
    const QDate next = monthly ? first.addMonths(1) : first.addDays(1);
    return {monthly ? qint64(first.year()) * 12 + first.month() - 1 : first.toJulianDay(),
            timeOf(first.startOfDay(zone)), timeOf(next.startOfDay(zone))};
}

} // namespace quaygate
