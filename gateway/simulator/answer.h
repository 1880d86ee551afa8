#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/simulated_resource.h"

namespace quaygate::simulator {

/// What the resource says to a request: the one way in. Pure but for the resource's counters and
/// its randomness.
SimulatedAnswer answer(const HttpRequest &request, SimulatedResource &resource, Instant now);

/// The same without a look at the key, and without the headers around it: for what the resource
/// asks of itself.
SimulatedAnswer answerTrusted(const HttpRequest &request, SimulatedResource &resource, Instant now);

} // namespace quaygate::simulator
