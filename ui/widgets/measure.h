#pragma once

#include "gateway/config/ranges.h"

#include <QString>

#include <functional>
#include <optional>

/// How people write what the configuration holds as a number.
namespace quaygate {

/// One kind of number as text. A value; its functions are pure.
struct Measure {
    /// Nothing if the text is none, or out of range.
    std::function<std::optional<qint64>(const QString &)> read;
    std::function<QString(qint64)> write;
    /// What a text must be, as in "a whole number from 0 to 64".
    QString rule;
};

/// Milliseconds, as the configuration spells them: "30s".
Measure durations();
Measure wholeNumbers(Range range);
Measure wholeNumbers(LargeRange range);
/// Bytes: "65536", "64 KiB", "64 MiB".
Measure byteSizes(Range range);

} // namespace quaygate
