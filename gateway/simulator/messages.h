#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Anthropic's messages, as Claude on Foundry answers them: whole or streamed.
SimulatedAnswer answerMessage(const Call &call, SimulatedResource &resource);

/// How many tokens a message would have.
SimulatedAnswer countMessageTokens(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
