#pragma once

#include "gateway/config/config.h"
#include "gateway/http/upstream_client.h"

namespace quaygate {

/// Puts into a request how its connection is made, as the backend says: time limits, trust, HTTP
/// version, proxy, connections at once.
void applyConnection(const Backend &backend, UpstreamRequest &request);

} // namespace quaygate
