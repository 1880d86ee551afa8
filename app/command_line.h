#pragma once

#include <QStringList>

namespace quaygate {

/// Runs `quaygate ARGUMENTS…` and returns the exit code: 0 good, 1 the thing asked for failed, 2
/// wrong use.
int runCommandLine(int &argc, char **argv);

} // namespace quaygate
