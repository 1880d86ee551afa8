#include "gateway/signin/token_times.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

using std::chrono::milliseconds;

milliseconds part(milliseconds whole, double share) {
    return milliseconds(qint64(double(whole.count()) * share));
}

milliseconds lifeOf(const AccessToken &token, WallTime fetched) {
    return std::max(std::chrono::duration_cast<milliseconds>(token.expires - fetched),
                    milliseconds(0));
}

milliseconds doubled(milliseconds first, milliseconds most, int failures) {
    const int times = std::clamp(failures - 1, 0, 20);
    return std::min(most, milliseconds(first.count() << times));
}

/// Three quarters to five quarters of it, or what was asked for if that is longer.
milliseconds spread(milliseconds pause, std::optional<milliseconds> asked, double random) {
    const milliseconds own = part(pause, 0.75 + random / 2);
    return asked ? std::max(own, std::min<milliseconds>(*asked, 5min)) : own;
}

} // namespace

TokenClock TokenClock::real() {
    return {[] { return std::chrono::system_clock::now(); },
            [] { return QRandomGenerator::global()->generateDouble(); }};
}

WallTime usableUntil(const AccessToken &token, WallTime fetched) {
    return token.expires - std::min<milliseconds>(30s, lifeOf(token, fetched) / 10);
}

WallTime renewalTime(const AccessToken &token, WallTime fetched, double random) {
    const milliseconds life = lifeOf(token, fetched);
    const WallTime usual = std::max(token.expires - 5min, fetched + life / 2);
    const WallTime latest = token.refresh ? std::min(*token.refresh, usual) : usual;
    return latest - part(std::min<milliseconds>(1min, life / 20), random);
}

milliseconds pauseAfterFailure(int failures, std::optional<milliseconds> asked, double random) {
    return spread(doubled(1s, 30s, failures), asked, random);
}

milliseconds pauseOfRenewal(int failures, std::optional<milliseconds> asked, double random) {
    return spread(doubled(30s, 10min, failures), asked, random);
}

} // namespace quaygate
