#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace quaygate {

/// What a search in a text found. Places are bytes.
struct TextFinding {
    enum class Kind {
        Nothing,   ///< `begin` is the end of the text
        Match,     ///< from `begin` to `end`, which is not empty
        Undecided, ///< from `begin` on there may be a match, once more text has come
    };

    Kind kind = Kind::Nothing;
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// One thing that a guard looks for in texts. Finds the same in a text that comes in pieces as in
/// the whole of it, as long as a match is no longer than `longestHeld`. Immutable; any thread.
class TextMatcher {
public:
    /// Never is more of a text undecided, in bytes.
    static constexpr qsizetype longestHeld = 4096;

    TextMatcher() = default;
    virtual ~TextMatcher() = default;
    Q_DISABLE_COPY_MOVE(TextMatcher)

    /// The first match that begins at `from` or later. `text` is UTF-8; what stands before `from`
    /// is looked at (a card's number does not begin in the midst of another), but no part of a
    /// match. `complete`: no more text follows, so nothing is undecided.
    virtual TextFinding find(QByteArrayView text, qsizetype from, bool complete) const = 0;
};

} // namespace quaygate
