#pragma once

#include <QStringView>

#include <vector>

namespace quaygate::simulator {

/// The unit vector of a text: the sum of one pseudo-random vector for each of its first words,
/// shortened to `dimensions` and scaled to length 1. `salt` (the model's name) makes models differ.
std::vector<float> textVector(QStringView text, QStringView salt, int fullDimensions,
                              int dimensions);

} // namespace quaygate::simulator
