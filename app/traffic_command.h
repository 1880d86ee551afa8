#pragma once

#include <QIODevice>
#include <QStringList>

#include <functional>

namespace quaygate {

/// `quaygate traffic` with its streams given: what `runTraffic` does on the process's own. With
/// --follow it runs the event loop until the process is told to end or `readerIsGone`.
int trafficCommand(const QStringList &arguments, QIODevice &out, QIODevice &err,
                   const std::function<bool()> &readerIsGone);

} // namespace quaygate
