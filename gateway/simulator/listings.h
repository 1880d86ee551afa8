#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// What is deployed, for the few versions that tell.
SimulatedAnswer listDeployments(const Call &call, SimulatedResource &resource);

/// The region's base models, in the family's own shape; never the deployments.
SimulatedAnswer listModels(const Call &call, SimulatedResource &resource);
SimulatedAnswer showModel(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
