#pragma once

#include "gateway/config/config.h"
#include "gateway/rules/client_key_ring.h"
#include "gateway/traffic/prices.h"

#include <QHostAddress>

#include <optional>

namespace quaygate {

/// The rules of a snapshot made ready for requests. Belongs to one worker's thread, where exchanges
/// share it until the last of them ends.
class RuleTable {
public:
    explicit RuleTable(Snapshot snapshot);

    const Config &config() const { return *m_snapshot; }
    const ClientKeyRing &clientKeys() const { return m_clientKeys; }
    const Prices &prices() const { return m_prices; }
    bool keepsBodies(TrafficRecord::Clock::time_point now) const {
        return m_bodiesUntil && now < *m_bodiesUntil;
    }

private:
    Snapshot m_snapshot;
    ClientKeyRing m_clientKeys;
    Prices m_prices;
    std::optional<TrafficRecord::Clock::time_point> m_bodiesUntil;
};

} // namespace quaygate
