#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

/// Durations as the file spells them: a whole number with its unit, "500ms", "30s", "10m", "1h".
namespace quaygate {

/// No longer duration makes sense here, and none overflows.
inline constexpr std::chrono::hours longestDuration{24};

/// "a duration of at most 24h, as in …", to end a sentence with.
QString durationRule();

/// Nothing if the text is no duration or is longer than `longestDuration`.
std::optional<std::chrono::milliseconds> parseDuration(const QString &text);

/// In the largest unit that needs no fraction; "0s" for none.
QString formatDuration(std::chrono::milliseconds duration);

} // namespace quaygate
