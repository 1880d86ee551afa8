#include "gateway/rules/pattern_shape.h"

#include "gateway/rules/pattern_parts.h"

namespace quaygate {

namespace {

/// RE2 nests no deeper than 1,000, and each part of a sequence is one level here.
constexpr int deepest = 400;
constexpr qsizetype longest = qsizetype(64) * 1024;

using Kind = PatternPart::Kind;

/// Writes the expression and that of its beginnings; gives up where they get too large.
class Writer {
public:
    bool tooLarge() const { return m_tooLarge; }

    QByteArray whole(const PatternPart &part) {
        QByteArray out;
        switch (part.kind) {
        case Kind::Character:
        case Kind::Assertion:
            return part.text;
        case Kind::Sequence:
            for (const PatternPart &each : part.parts)
                out += whole(each);
            return bounded("(?:" + out + ')');
        case Kind::Choice:
            for (const PatternPart &each : part.parts)
                out += (out.isNull() ? "" : "|") + whole(each);
            return bounded("(?:" + out + ')');
        case Kind::Repetition:
            return bounded("(?:" + whole(part.parts.front()) + ')' + times(part.least, part.most));
        }
        return out;
    }

    QByteArray beginning(const PatternPart &part, int depth) {
        if (depth > deepest) {
            m_tooLarge = true;
            return {};
        }
        QByteArray out;
        switch (part.kind) {
        case Kind::Character:
            return "(?:" + part.text + ")?";
        case Kind::Assertion:
            return {};
        case Kind::Sequence:
            return sequenceBeginning(part, depth);
        case Kind::Choice:
            for (const PatternPart &each : part.parts)
                out += (out.isNull() ? "" : "|") + beginning(each, depth + 1);
            return bounded("(?:" + out + ')');
        case Kind::Repetition:
            return repetitionBeginning(part, depth);
        }
        return out;
    }

private:
    /// The beginning of the first; or all of the first, and the beginning of the rest.
    QByteArray sequenceBeginning(const PatternPart &part, int depth) {
        if (depth + static_cast<int>(part.parts.size()) > deepest) {
            m_tooLarge = true;
            return {};
        }
        QByteArray out;
        int level = depth;
        for (auto each = part.parts.rbegin(); each != part.parts.rend(); ++each) {
            const QByteArray begun = beginning(*each, ++level);
            out = out.isEmpty() && each == part.parts.rbegin()
                      ? begun
                      : bounded("(?:" + begun + '|' + whole(*each) + out + ')');
        }
        return out;
    }

    QByteArray repetitionBeginning(const PatternPart &part, int depth) {
        if (part.most == 0)
            return {};
        const int most = part.most < 0 ? -1 : part.most - 1;
        return bounded("(?:" + whole(part.parts.front()) + ')' + times(0, most) +
                       beginning(part.parts.front(), depth + 1));
    }

    static QByteArray times(int least, int most) {
        return '{' + QByteArray::number(least) + ',' + (most < 0 ? "" : QByteArray::number(most)) +
               '}';
    }

    QByteArray bounded(QByteArray text) {
        m_tooLarge = m_tooLarge || text.size() > longest;
        return m_tooLarge ? QByteArray() : text;
    }

    bool m_tooLarge = false;
};

} // namespace

std::optional<QByteArray> prefixPattern(QByteArrayView pattern) {
    const std::optional<PatternPart> root = parsePattern(pattern);
    if (!root)
        return std::nullopt;
    Writer writer;
    QByteArray text = writer.beginning(*root, 0);
    if (writer.tooLarge())
        return std::nullopt;
    return text;
}

} // namespace quaygate
