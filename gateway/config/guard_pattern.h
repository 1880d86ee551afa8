#pragma once

#include <QString>

namespace quaygate {

/// What is wrong with a regular expression of a guard, as a sentence; empty if nothing is. It is
/// one of RE2, whose time is linear in the text whatever the pattern. A pure function.
QString guardPatternProblem(const QString &pattern);

/// The most characters that a pattern may have.
inline constexpr qsizetype maxGuardPattern = 4096;

} // namespace quaygate
