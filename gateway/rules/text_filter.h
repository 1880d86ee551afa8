#pragma once

#include "gateway/rules/guard_step.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace quaygate {

/// Takes a text in pieces through the steps of a guard, one after the other, and gives it back as
/// soon as it is decided. However the text is cut, what comes out together is the same. Belongs to
/// one text of one exchange; the steps and the tally must outlive it.
class TextFilter {
public:
    TextFilter(const GuardSteps &steps, GuardTally &tally);

    /// UTF-8, cut between characters. Appends what may go on to `out`: part of what came before,
    /// and of `piece`; nothing more once the tally says `rejected`.
    void feed(QByteArrayView piece, QByteArray &out);
    /// True if exactly `piece` goes on; else as `feed`. Most pieces of most texts do, and are not
    /// copied.
    bool passes(QByteArrayView piece, QByteArray &out);
    /// Appends the rest, as no more text comes; then the filter is as new.
    void finish(QByteArray &out);

    /// True if something has come and not gone on yet.
    bool holds() const;

private:
    struct Stage {
        QByteArray text;       ///< what went on last, for what looks back, and what is held
        qsizetype decided = 0; ///< how much of `text` has gone on
    };

    QByteArrayView run(QByteArrayView piece, bool complete);
    bool runStage(size_t index, QByteArrayView piece, bool complete, QByteArray &out);

    const GuardSteps &m_steps;
    GuardTally &m_tally;
    std::vector<Stage> m_stages;
    QByteArray m_between[2]; ///< what one stage hands to the next
};

/// A whole text through the steps.
QByteArray filtered(const GuardSteps &steps, GuardTally &tally, QByteArrayView text);

} // namespace quaygate
