#include "ui/widgets/measure.h"

#include "gateway/config/duration.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qint64 kibi = 1024;
constexpr qint64 mebi = kibi * kibi;
constexpr qint64 gibi = kibi * mebi;

std::optional<qint64> inRange(qint64 number, LargeRange range) {
    return range.holds(number) ? std::optional(number) : std::nullopt;
}

std::optional<qint64> readNumber(const QString &text) {
    static const QRegularExpression digits(uR"(\A[0-9]{1,18}\z)"_s);
    return digits.match(text).hasMatch() ? std::optional(text.toLongLong()) : std::nullopt;
}

qint64 unitNamed(const QString &name) {
    const QString letter = name.left(1).toUpper();
    return letter == u"K" ? kibi : letter == u"M" ? mebi : letter == u"G" ? gibi : 1;
}

std::optional<qint64> readBytes(const QString &text) {
    static const QRegularExpression shape(uR"(\A([0-9]{1,12})\s*(B|[KMG](?:i?B)?)?\z)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toLongLong() * unitNamed(match.captured(2));
}

QString writeBytes(qint64 bytes) {
    constexpr std::pair<qint64, QLatin1StringView> units[] = {
        {gibi, "GiB"_L1}, {mebi, "MiB"_L1}, {kibi, "KiB"_L1}};
    for (const auto &[size, name] : units)
        if (bytes >= size && bytes % size == 0)
            return u"%1 %2"_s.arg(bytes / size).arg(name);
    return u"%1 B"_s.arg(bytes);
}

} // namespace

Measure durations() {
    return {
        [](const QString &text) -> std::optional<qint64> {
            const auto duration = parseDuration(text);
            return duration ? std::optional(qint64(duration->count())) : std::nullopt;
        },
        [](qint64 milliseconds) { return formatDuration(std::chrono::milliseconds(milliseconds)); },
        durationRule()};
}

Measure wholeNumbers(Range range) {
    return wholeNumbers(LargeRange{range.from, range.to});
}

Measure wholeNumbers(LargeRange range) {
    return {[range](const QString &text) {
                const auto number = readNumber(text);
                return number ? inRange(*number, range) : std::nullopt;
            },
            [](qint64 number) { return QString::number(number); }, wholeNumberRule(range)};
}

Measure byteSizes(Range range) {
    return {[range](const QString &text) {
                const auto bytes = readBytes(text);
                return bytes ? inRange(*bytes, {range.from, range.to}) : std::nullopt;
            },
            writeBytes,
            u"a size from %1 to %2, as in 65536 or 64 KiB"_s.arg(writeBytes(range.from),
                                                                 writeBytes(range.to))};
}

} // namespace quaygate
