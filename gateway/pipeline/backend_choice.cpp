#include "gateway/pipeline/backend_choice.h"

#include <algorithm>
#include <limits>
#include <tuple>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

using Duration = BackendHealth::Duration;

/// A slow backend keeps a part of its share, or nobody would see that it has become fast again.
constexpr double mostSlowness = 4.0;
/// Differences far below this are noise.
constexpr std::chrono::duration<double, Duration::period> ordinary = 50ms;

std::tuple<int, int> rank(const CandidateState &state) {
    return {state.tries, state.priority};
}

double share(const CandidateState &state, Duration fastest) {
    double slowness = 1.0;
    if (state.latency > Duration(0) && fastest > Duration(0))
        slowness = std::clamp((state.latency + ordinary) / (fastest + ordinary), 1.0, mostSlowness);
    return state.weight / (slowness * (1 + std::max(state.inFlight, 0)));
}

} // namespace

std::optional<std::size_t> chooseBackend(const std::vector<CandidateState> &candidates,
                                         std::minstd_rand &random) {
    const auto canBe = [](const CandidateState &state) {
        return state.isReady && state.weight > 0;
    };
    std::tuple<int, int> best{std::numeric_limits<int>::max(), 0};
    for (const CandidateState &state : candidates) {
        if (canBe(state))
            best = std::min(best, rank(state));
    }
    const auto isBest = [&](const CandidateState &state) {
        return canBe(state) && rank(state) == best;
    };
    Duration fastest = Duration::max();
    for (const CandidateState &state : candidates) {
        if (isBest(state) && state.latency > Duration(0))
            fastest = std::min(fastest, state.latency);
    }
    double total = 0;
    for (const CandidateState &state : candidates) {
        if (isBest(state))
            total += share(state, fastest);
    }
    double drawn = std::uniform_real_distribution<double>(0, total)(random);
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!isBest(candidates[i]))
            continue;
        chosen = i;
        drawn -= share(candidates[i], fastest);
        if (drawn < 0)
            break;
    }
    return chosen;
}

} // namespace quaygate
