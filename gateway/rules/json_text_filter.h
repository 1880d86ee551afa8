#pragma once

#include "gateway/rules/text_filter.h"

namespace quaygate {

/// As TextFilter, for a text that is JSON, like the arguments of a tool: looks at the texts and
/// numbers in it, each by itself, and never at names; what comes out is JSON again. A number that
/// holds a match becomes a text. What is no JSON is read as if it were.
class JsonTextFilter {
public:
    JsonTextFilter(const GuardSteps &steps, GuardTally &tally);

    void feed(QByteArrayView piece, QByteArray &out);
    void finish(QByteArray &out);
    bool holds() const { return !m_begun.isEmpty() || m_filter.holds(); }

private:
    enum class In { Structure, Name, Text, Bare };

    void structure(char c);
    void text(QByteArrayView &rest);
    void bare(QByteArrayView &rest);
    void endText();
    void endBare();

    const GuardSteps &m_steps;
    GuardTally &m_tally;
    TextFilter m_filter; ///< of the text that is open
    In m_in = In::Structure;
    QByteArray m_open; ///< the objects and arrays that are open
    bool m_nameIsNext = false;
    QByteArray m_begun;     ///< an escape that is cut, or a number that may go on
    bool m_escaped = false; ///< in a name
    QByteArray m_out;
};

/// A whole text that is JSON through the steps.
QByteArray filteredJson(const GuardSteps &steps, GuardTally &tally, QByteArrayView text);

} // namespace quaygate
