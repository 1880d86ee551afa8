#pragma once

#include <QByteArrayView>

/// What the readers of streams look for in every byte.
namespace quaygate::traffic {

/// Whether there is a member `usage` in the JSON text whose value is an object, at whatever depth;
/// true as well of some texts where a string looks like that. Far cheaper than reading the JSON:
/// where usage was asked for, every event of a stream has `"usage":null`.
bool mayHoldUsage(QByteArrayView json);

/// The position of the first CR or LF, or the size.
qsizetype lineEnd(QByteArrayView bytes);

} // namespace quaygate::traffic
