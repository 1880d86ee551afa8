#pragma once

#include <QIODevice>
#include <QStringList>

namespace quaygate {

/// `quaygate check [--config FILE]` with its streams given: what `runCheck` does on the process's
/// own.
int checkCommand(const QStringList &arguments, QIODevice &out, QIODevice &err);

} // namespace quaygate
