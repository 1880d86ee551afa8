#include "gateway/config/duration.h"

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Unit {
    QLatin1StringView name;
    qint64 milliseconds;
};

/// The largest first; "ms" before "s" and "m", which it ends or begins with.
constexpr std::array units{
    Unit{"h"_L1, 3'600'000},
    Unit{"ms"_L1, 1},
    Unit{"m"_L1, 60'000},
    Unit{"s"_L1, 1'000},
};

} // namespace

QString durationRule() {
    return u"a duration of at most 24h, as in \"500ms\", \"30s\" or \"10m\""_s;
}

std::optional<std::chrono::milliseconds> parseDuration(const QString &text) {
    for (const Unit &unit : units) {
        if (!text.endsWith(unit.name))
            continue;
        const QString number = text.chopped(unit.name.size());
        bool isNumber = false;
        const quint32 count = number.toUInt(&isNumber);
        const auto duration = std::chrono::milliseconds(qint64(count) * unit.milliseconds);
        const bool digitsOnly = isNumber && !number.contains(u'+') && number == number.trimmed();
        if (!digitsOnly || duration > longestDuration)
            return std::nullopt;
        return duration;
    }
    return std::nullopt;
}

QString formatDuration(std::chrono::milliseconds duration) {
    if (duration.count() == 0)
        return u"0s"_s;
    for (const Unit &unit : {units[0], units[2], units[3]}) {
        if (duration.count() % unit.milliseconds == 0)
            return QString::number(duration.count() / unit.milliseconds) + unit.name;
    }
    return QString::number(duration.count()) + u"ms"_s;
}

} // namespace quaygate
