#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Speech: a tone a word as WAV or PCM, as much silence as MP3; at once, or in events.
SimulatedAnswer speak(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
