#pragma once

#include <QByteArrayView>

namespace quaygate {

/// How much of the inside of a JSON string, cut anywhere between two characters, means something by
/// itself: without an escape that is cut at the end, and without the first half of a pair of
/// surrogates, which may go on. Pure.
qsizetype wholeEscapes(QByteArrayView inside);

} // namespace quaygate
