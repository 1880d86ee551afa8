#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/simulated_resource.h"

namespace quaygate::simulator {

/// The headers with which the service surrounds an answer: request ids on all of them, counters and
/// the model's own on those that a deployment gave. Headers that the answer has already win.
void addResponseHeaders(SimulatedAnswer &answer, const HttpRequest &request,
                        const Deployment *deployment, SimulatedResource &resource);

} // namespace quaygate::simulator
