#pragma once

#include "gateway/pipeline/backend_health.h"

#include <optional>
#include <random>
#include <vector>

namespace quaygate {

/// A backend that can serve a request, as the route has it.
struct Candidate {
    const Backend *backend = nullptr;
    int weight = 1;
    int priority = 0;
    std::shared_ptr<BackendHealth> health;
};

/// A candidate as the choice sees it at one moment.
struct CandidateState {
    int weight = 1;
    int priority = 0;
    int inFlight = 0;
    BackendHealth::Duration latency{0}; ///< 0: unknown
    int tries = 0;                      ///< by this request
    bool isReady = true;                ///< neither set aside nor to be waited for
};

/// The index of the one to be asked next, of those that are ready: the least tried ones first, of
/// these the lowest priority, of these by chance according to weight, the busy and the slow less
/// often. Nothing if none is ready. One of weight 0 is never chosen. Pure but for `random`.
std::optional<std::size_t> chooseBackend(const std::vector<CandidateState> &candidates,
                                         std::minstd_rand &random);

} // namespace quaygate
