#pragma once

#include "gateway/result.h"
#include "gateway/simulator/simulator.h"

#include <QString>
#include <QStringList>

namespace quaygate {

struct SimulateOptions {
    SimulatorSettings settings;
    bool help = false;
};

/// Reads `[--port N] [--key-env VAR | --key K] [--token-lifetime S] [--deployment
/// NAME=MODEL[;FAULT]]…`. Without a deployment it is those of the demo. BadRequest or
/// VariableNotSet, with what is wrong.
Result<SimulateOptions> readSimulateOptions(const QStringList &arguments);

/// What `--help` prints.
QString simulateHelp();

} // namespace quaygate
