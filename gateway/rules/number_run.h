#pragma once

#include <QByteArrayView>
#include <QVarLengthArray>

#include <array>

namespace quaygate {

/// Digits that stand together, and what stands between them and the group before.
struct DigitGroup {
    qsizetype begin = 0; ///< of the digits, in the text
    qsizetype end = 0;
    std::array<char, 2> between = {};
    qsizetype betweenSize = 0;

    qsizetype size() const { return end - begin; }
    /// At most two of `+ ( ) space - .`; hyphens and spaces of every kind are `-` and ` `.
    QByteArrayView before() const { return {between.data(), betweenSize}; }
};

/// Digits with what people write between them, as in "+1 (212) 555-0100".
struct NumberRun {
    /// The longest that is read: more than twice what any of the numbers has that are looked for.
    static constexpr qsizetype longest = 64;

    QVarLengthArray<DigitGroup, 16> groups; ///< the last one may be cut where the run is too long
    bool open = false;                      ///< goes on where the text ends
};

/// The run that begins at `begin`, where a digit, a `+` or a `(` stands.
NumberRun numberRunAt(QByteArrayView text, qsizetype begin, bool complete);

/// Where the next run can begin, at `from` or later; the size of the text if nowhere. That is
/// where no letter or digit stands in front, nor one with a hyphen or a point.
qsizetype nextRunBegin(QByteArrayView text, qsizetype from);

/// True if the number that ends there is not part of something longer: no letter or digit follows,
/// nor one behind a hyphen or a point.
bool endsCleanly(QByteArrayView text, qsizetype end);

/// True if a letter or a digit follows at once.
bool wordGoesOn(QByteArrayView text, qsizetype end);

/// The check digit of cards and of Canadian insurance numbers. `digits` are nothing else.
bool passesLuhn(QByteArrayView digits);

} // namespace quaygate
