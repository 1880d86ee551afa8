#pragma once

#include <atomic>

namespace quaygate {

/// How much is under way on all servers that share it, each on a thread of its own: their limits
/// hold for all of them together.
struct ServerLoad {
    std::atomic<int> connections = 0;
    std::atomic<int> inFlight = 0;
};

} // namespace quaygate
