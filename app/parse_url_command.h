#pragma once

#include <QIODevice>
#include <QStringList>

namespace quaygate {

/// `quaygate parse-url URL`, with its three streams given: what `runParseUrl` does on the process's
/// own. URL `-` means the first line of `in`, so that a key in it need not stand in an argument
/// list.
int parseUrlCommand(const QStringList &arguments, QIODevice &in, QIODevice &out, QIODevice &err);

} // namespace quaygate
