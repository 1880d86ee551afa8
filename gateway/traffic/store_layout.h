#pragma once

#include <QStringList>

namespace quaygate::traffic {

/// The layout of the store's file that this program writes. A change of it is a step more in
/// `layoutStep`; what is there is never changed, since files of that age exist.
inline constexpr int layoutVersion = 2;
/// The oldest whose records can be read without bringing them up to date.
inline constexpr int oldestReadable = 1;

/// The statements that turn the layout `from` (0: an empty file) into the next.
QStringList layoutStep(int from);

} // namespace quaygate::traffic
