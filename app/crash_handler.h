#pragma once

#include "gateway/result.h"

#include <QString>

namespace quaygate {

/// From now on a crash of this process (a fatal signal, an uncaught exception, on Windows an
/// unhandled exception) leaves a file in `folder`, which is made if need be: which program on which
/// system, when, how, and the functions that were being called. Nothing that a secret can stand in
/// is written: no memory, no register, no argument, no text of an exception, and no address that is
/// not one of a function. What would have happened otherwise happens then: the process ends by the
/// same signal.
///
/// Once a process, from the main thread, before other threads are started. Fails if the folder
/// cannot be made; a crash then leaves nothing.
Result<void> installCrashHandler(const QString &folder);

/// No memory image of this process is written when it crashes, since there are keys in it: neither
/// to a file nor to whatever collects them (systemd-coredump, apport, Windows Error Reporting).
Result<void> forbidCoreDumps();

} // namespace quaygate
