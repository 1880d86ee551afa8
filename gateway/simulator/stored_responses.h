#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// What can be done with a response that was stored. One in the background ends when its tokens
/// would have been said; until then it can be cancelled, and its stream be had again from any
/// event on.
SimulatedAnswer showResponse(const Call &call, SimulatedResource &resource);
SimulatedAnswer deleteResponse(const Call &call, SimulatedResource &resource);
SimulatedAnswer cancelResponse(const Call &call, SimulatedResource &resource);
SimulatedAnswer listInputItems(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
