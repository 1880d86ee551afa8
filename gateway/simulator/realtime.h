#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// The handshake of Realtime: an answer with a session, or what speaks against one.
SimulatedAnswer openRealtime(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
