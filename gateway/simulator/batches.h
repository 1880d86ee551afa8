#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Batches: the lines of a file, run through the simulator itself. All of it happens at once; what
/// came of it shows after a time that grows with the number of lines.
SimulatedAnswer createBatch(const Call &call, SimulatedResource &resource);
SimulatedAnswer listBatches(const Call &call, SimulatedResource &resource);
SimulatedAnswer showBatch(const Call &call, SimulatedResource &resource);
SimulatedAnswer cancelBatch(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
