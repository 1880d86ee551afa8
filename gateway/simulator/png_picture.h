#pragma once

#include <QByteArray>

namespace quaygate::simulator {

/// A PNG of that size, a gradient between two colours that `seed` decides: a picture that any
/// program can show, and only some kilobytes long.
QByteArray pngPicture(int width, int height, QByteArrayView seed);

} // namespace quaygate::simulator
