#pragma once

#include "gateway/config/config.h"
#include "gateway/http/upstream_client.h"

namespace quaygate {

/// Adds the backend's own headers to those of a request; where both name one, the backend's counts.
void applyHeaders(const Backend &backend, UpstreamRequest &request);

/// Puts into a request how its connection is made, as the backend says: time limits, trust, HTTP
/// version, proxy, connections at once.
void applyConnection(const Backend &backend, UpstreamRequest &request);

} // namespace quaygate
