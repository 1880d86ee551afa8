#pragma once

#include "gateway/gateway.h"
#include "gateway/traffic/traffic_record.h"

#include <QString>

#include <array>
#include <chrono>
#include <optional>

namespace quaygate {

/// Something that a person should know although they are not looking.
struct Notice {
    enum class Kind { GatewayStopped, KeyRejected, BudgetReached };

    Kind kind = Kind::GatewayStopped;
    QString title;
    QString text;
    QString backend = {}; ///< KeyRejected: whose page helps

    bool operator==(const Notice &) const = default;
};

/// What there is to tell of an exchange. No text of a request and no credential is in it.
std::optional<Notice> noticeOf(const TrafficRecord &record);
/// What there is to tell of a gateway that went from one state to another, if it was not stopped
/// by the person. `error`: of the gateway.
std::optional<Notice> noticeOf(Gateway::State before, Gateway::State now, const Error &error);

/// Lets one notice of a kind a minute pass. A value.
class NoticePace {
public:
    using Time = std::chrono::steady_clock::time_point;

    bool admits(Notice::Kind kind, Time now);

private:
    std::array<std::optional<Time>, 3> m_last;
};

} // namespace quaygate
