#include "gateway/pipeline/budget_spending.h"

#include <algorithm>

namespace quaygate {

namespace {

/// Azure counts what its models wrote, whether or not somebody was there to read it.
bool mayHaveCost(const TrafficRecord &record) {
    return std::any_of(record.attempts.begin(), record.attempts.end(), [](const Attempt &attempt) {
        return attempt.status > 0 && attempt.status < 400;
    });
}

} // namespace

void spend(const std::vector<MeteredBudgetPtr> &budgets, TrafficRecord &record) {
    if (!mayHaveCost(record))
        return;
    for (const MeteredBudgetPtr &budget : budgets) {
        const auto counted = budget->spend(record.usage, record.cost, TrafficRecord::Clock::now());
        if (const auto told = verdictOf(*budget, counted))
            record.verdicts.append(*told);
    }
}

} // namespace quaygate
