#pragma once

#include "app/autostart.h"

#include <QIODevice>
#include <QStringList>

namespace quaygate {

/// `quaygate autostart on|off|status` with its parts given: what `runAutostart` does on the
/// process's own.
int autostartCommand(const QStringList &arguments, Autostart &autostart, QIODevice &out,
                     QIODevice &err);

} // namespace quaygate
