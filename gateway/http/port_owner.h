#pragma once

#include <QString>
#include <QtGlobal>

namespace quaygate {

/// The program that listens on a TCP port of this machine, for a message: "node, process 4711", or
/// "of the user anna" if it is somebody else's. Empty if the system does not tell. Reads what the
/// system knows of its processes, so it takes some milliseconds.
QString portOwner(quint16 port);

} // namespace quaygate
