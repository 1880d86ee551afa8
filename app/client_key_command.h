#pragma once

#include <QIODevice>
#include <QStringList>

namespace quaygate {

/// `quaygate client-key …` with its streams given: what `runClientKey` does on the process's own.
/// Runs an event loop until the configuration is read and saved.
int clientKeyCommand(const QStringList &arguments, QIODevice &out, QIODevice &err);

} // namespace quaygate
