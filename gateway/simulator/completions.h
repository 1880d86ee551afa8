#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Completions, the API before chat: a text for each prompt, whole or streamed.
SimulatedAnswer answerCompletions(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
