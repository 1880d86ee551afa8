#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace quaygate {

/// What a regular expression is put together from, as far as it matters for where a match can be
/// cut. A value; any thread.
struct PatternPart {
    enum class Kind {
        Character, ///< one of the text: a letter, a class, an escape
        Assertion, ///< takes no character: `^`, `\b`
        Sequence,
        Choice,
        Repetition, ///< of its one part
    };

    Kind kind = Kind::Sequence;
    QByteArray text = {}; ///< Character, Assertion: as an expression that stands for itself
    std::vector<PatternPart> parts = {};
    int least = 0; ///< Repetition
    int most = -1; ///< Repetition; -1: without end
};

/// `pattern` is one that RE2 takes. Nothing if it is nested too deeply. Pure.
std::optional<PatternPart> parsePattern(QByteArrayView pattern);

} // namespace quaygate
