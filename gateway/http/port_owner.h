#pragma once

#include <QString>
#include <QtGlobal>

namespace quaygate {

/// The program that listens on a TCP port of this machine, for a message: "node, process 4711".
/// Empty if that cannot be found out: it is another user's, or the system does not tell. Reads what
/// the system knows of its processes, so it takes some milliseconds.
QString portOwner(quint16 port);

} // namespace quaygate
