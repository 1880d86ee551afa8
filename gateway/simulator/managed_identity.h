#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// The token service of a virtual machine (IMDS), which wants the header `Metadata: true`.
SimulatedAnswer grantMachineToken(const Call &call, SimulatedResource &resource);

/// That of App Service, which wants the header `X-IDENTITY-HEADER`.
SimulatedAnswer grantAppServiceToken(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
