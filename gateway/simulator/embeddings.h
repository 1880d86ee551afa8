#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Embeddings: unit vectors that depend on nothing but the text, the model and the dimensions.
/// Texts with words in common are near each other, so that a search over them finds something.
SimulatedAnswer answerEmbeddings(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
