#include "gateway/pipeline/rate_settling.h"

namespace quaygate {

void settle(TakenRates &taken, const TrafficRecord &record) {
    const auto now = RateMeter::Clock::now();
    if (record.usage.isKnown())
        taken.settle(record.usage.input.value_or(0) + record.usage.output.value_or(0), now);
    else if (record.status == 0 || record.status >= 400)
        taken.settle(0, now);
}

} // namespace quaygate
