#pragma once

#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// Images: PNGs in the size that was asked for, which depend on the prompt (and the images to be
/// edited) alone.
SimulatedAnswer generateImages(const Call &call, SimulatedResource &resource);
SimulatedAnswer editImages(const Call &call, SimulatedResource &resource);

/// The picture that an answer named by its URL; the URL says all about it.
SimulatedAnswer showImage(const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
