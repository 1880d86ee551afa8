#pragma once

#include "gateway/rules/rate_taking.h"
#include "gateway/traffic/traffic_record.h"

namespace quaygate {

/// What was taken for an exchange, once it is over: as many tokens as the answer says; none if
/// there was no answer; as reckoned if it does not say.
void settle(TakenRates &taken, const TrafficRecord &record);

} // namespace quaygate
