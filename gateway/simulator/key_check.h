#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/operation.h"

namespace quaygate::simulator {

/// The key that a request carries: `api-key`, or else `x-api-key`, or else the Bearer value; empty
/// if none.
QByteArray presentedKey(const HttpRequest &request);

/// What the resource says against the key or the token of a call.
std::optional<SimulatedAnswer> checkKey(const Call &call, const SimulatedResource &resource);

} // namespace quaygate::simulator
