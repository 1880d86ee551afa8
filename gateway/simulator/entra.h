#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// The token endpoint of Entra ID, for client credentials. Which names it takes for unknown and
/// which secrets for wrong or expired says docs/simulator.md.
SimulatedAnswer grantToken(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
