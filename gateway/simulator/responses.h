#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Makes a response: whole, streamed or in the background.
SimulatedAnswer createResponse(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
