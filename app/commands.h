#pragma once

#include <QStringList>

/// The subcommands of `quaygate`, one file each. A Q(Core)Application exists; `arguments` are those
/// behind the subcommand's name. Returns the exit code: 0 good, 1 the thing asked for failed, 2
/// wrong use. What was asked for goes to standard output, complaints to standard error.
namespace quaygate {

int runAutostart(const QStringList &arguments);
int runCheck(const QStringList &arguments);
int runClientKey(const QStringList &arguments);
int runParseUrl(const QStringList &arguments);
int runSecret(const QStringList &arguments);
int runServe(const QStringList &arguments);
int runSimulate(const QStringList &arguments);
int runTraffic(const QStringList &arguments);

/// The program with its window; a QApplication exists.
int runWindow(const QStringList &arguments);

} // namespace quaygate
