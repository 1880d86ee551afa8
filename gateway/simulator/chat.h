#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Chat completions, whole or streamed.
SimulatedAnswer answerChat(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
