#pragma once

#include "gateway/simulator/simulated_resource.h"

namespace quaygate::simulator {

/// Gives an answer of the family /anthropic/v1 its shape: errors become Anthropic's
/// `{"type":"error","error":{"type","message"},"request_id"}`, whoever made them.
void speakAnthropic(SimulatedAnswer &answer, SimulatedResource &resource);

/// An error in the middle of a stream of this API.
QByteArray anthropicErrorEvent(std::size_t number);

} // namespace quaygate::simulator
