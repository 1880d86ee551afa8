#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Files: uploaded in a form, listed, read, deleted.
SimulatedAnswer uploadFile(const Call &call, SimulatedResource &resource);
SimulatedAnswer listFiles(const Call &call, SimulatedResource &resource);
SimulatedAnswer showFile(const Call &call, SimulatedResource &resource);
SimulatedAnswer readFile(const Call &call, SimulatedResource &resource);
SimulatedAnswer deleteFile(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
