#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Transcriptions and translations: sentences about the file that came, in each of the service's
/// formats. A WAV file's length is read, that of others guessed.
SimulatedAnswer transcribe(const Call &call, SimulatedResource &resource);
SimulatedAnswer translate(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
