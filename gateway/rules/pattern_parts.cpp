#include "gateway/rules/pattern_parts.h"

#include <algorithm>
#include <utility>

namespace quaygate {

namespace {

using Kind = PatternPart::Kind;

constexpr int deepest = 200;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

qsizetype characterSize(QByteArrayView rest) {
    qsizetype size = 1;
    while (size < rest.size() && (static_cast<unsigned char>(rest[size]) & 0xC0U) == 0x80)
        ++size;
    return size;
}

/// Reads the syntax of RE2, of which all that comes here is right. What the flags in effect are
/// stands in every part, so that parts can be put together anew.
class Parser {
public:
    explicit Parser(QByteArrayView pattern) : m_rest(pattern) {}

    bool tooDeep() const { return m_tooDeep; }

    /// To the end, or to the bracket that closes the group.
    PatternPart choice(int depth) {
        m_tooDeep = m_tooDeep || depth > deepest;
        PatternPart part{Kind::Choice};
        part.parts.push_back(sequence(depth));
        while (!m_tooDeep && takes("|"))
            part.parts.push_back(sequence(depth));
        return part.parts.size() > 1 ? part : std::move(part.parts.front());
    }

private:
    bool takes(QByteArrayView text) {
        if (!m_rest.startsWith(text))
            return false;
        m_rest = m_rest.sliced(text.size());
        return true;
    }

    QByteArrayView take(qsizetype size) {
        const QByteArrayView taken = m_rest.first(std::min(size, m_rest.size()));
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }

    PatternPart sequence(int depth) {
        PatternPart part{Kind::Sequence};
        while (!m_tooDeep && !m_rest.isEmpty() && m_rest.front() != '|' && m_rest.front() != ')') {
            if (takes("\\Q"))
                literals(part);
            else if (!takesFlags())
                part.parts.push_back(atom(depth));
            repeat(part);
        }
        return part;
    }

    /// `\Q…\E`
    void literals(PatternPart &sequence) {
        while (!m_rest.isEmpty() && !takes("\\E")) {
            const QByteArrayView character = take(characterSize(m_rest));
            const bool plain = isHexDigit(character.front()) || character.size() > 1;
            sequence.parts.push_back(
                part(Kind::Character, (plain ? "" : "\\") + character.toByteArray()));
        }
    }

    /// `(?i)`: for what follows in the group.
    bool takesFlags() {
        if (!m_rest.startsWith("(?"))
            return false;
        qsizetype end = 2;
        while (end < m_rest.size() && QByteArrayView("imsU-").contains(m_rest[end]))
            ++end;
        if (end == m_rest.size() || m_rest[end] != ')')
            return false;
        setFlags(m_rest.sliced(2, end - 2));
        take(end + 1);
        return true;
    }

    void setFlags(QByteArrayView flags) {
        bool on = true;
        for (const char flag : flags) {
            if (flag == '-') {
                on = false;
                continue;
            }
            m_flags.replace(flag, QByteArrayView());
            if (on && flag != 'U') // greed does not change what can match
                m_flags += flag;
        }
    }

    PatternPart atom(int depth) {
        if (takes("("))
            return group(depth);
        if (m_rest.startsWith('['))
            return part(Kind::Character, take(classSize()).toByteArray());
        if (m_rest.startsWith('\\'))
            return escape();
        const char c = m_rest.front();
        const QByteArray text = take(characterSize(m_rest)).toByteArray();
        // A brace that begins no repetition stands for itself, and would begin one elsewhere.
        if (c == '{' || c == '}')
            return part(Kind::Character, '\\' + text);
        return part(c == '^' || c == '$' ? Kind::Assertion : Kind::Character, text);
    }

    PatternPart group(int depth) {
        const QByteArray outside = m_flags;
        if (takes("?P<") || takes("?<")) {
            take(m_rest.indexOf('>') + 1);
        } else if (takes("?")) {
            const qsizetype colon = m_rest.indexOf(':');
            setFlags(m_rest.first(std::max<qsizetype>(colon, 0)));
            take(colon + 1);
        }
        PatternPart inside = choice(depth + 1);
        takes(")");
        m_flags = outside;
        // One part, so that what repeats it repeats all of it.
        PatternPart part{Kind::Sequence};
        part.parts.push_back(std::move(inside));
        return part;
    }

    /// From the `[` to behind the `]`.
    qsizetype classSize() const {
        qsizetype at = 1;
        if (at < m_rest.size() && m_rest[at] == '^')
            ++at;
        if (at < m_rest.size() && m_rest[at] == ']')
            ++at;
        while (at < m_rest.size() && m_rest[at] != ']') {
            const QByteArrayView rest = m_rest.sliced(at);
            const qsizetype named = rest.startsWith("[:") ? rest.indexOf(":]") : -1;
            at += named > 0 ? named + 2 : m_rest[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    PatternPart escape() {
        const char kind = m_rest.size() > 1 ? m_rest[1] : '\0';
        qsizetype size = 1 + characterSize(m_rest.sliced(1));
        const auto bracketed = [&] {
            return m_rest.size() > 2 && m_rest[2] == '{' ? m_rest.indexOf('}') + 1 : qsizetype(0);
        };
        if (kind == 'p' || kind == 'P')
            size = std::max<qsizetype>(bracketed(), 3);
        else if (kind == 'x')
            size = std::max<qsizetype>(bracketed(), 4);
        else if (isDigit(kind))
            while (size < 4 && size < m_rest.size() && isDigit(m_rest[size]))
                ++size;
        const bool asserts = kind == 'b' || kind == 'B' || kind == 'A' || kind == 'z';
        return part(asserts ? Kind::Assertion : Kind::Character, take(size).toByteArray());
    }

    /// Puts what follows as `*`, `+`, `?` or `{n,m}` around the last part.
    void repeat(PatternPart &sequence) {
        int least = 0;
        int most = -1;
        while (!sequence.parts.empty() && takesTimes(least, most)) {
            takes("?"); // as few as can be
            PatternPart part{Kind::Repetition};
            part.least = least;
            part.most = most;
            part.parts.push_back(std::move(sequence.parts.back()));
            sequence.parts.back() = std::move(part);
        }
    }

    bool takesTimes(int &least, int &most) {
        least = 0;
        most = -1;
        if (takes("*"))
            return true;
        if (takes("+")) {
            least = 1;
            return true;
        }
        if (takes("?")) {
            most = 1;
            return true;
        }
        return takesBraces(least, most);
    }

    bool takesBraces(int &least, int &most) {
        const qsizetype end = m_rest.indexOf('}');
        if (!m_rest.startsWith('{') || end < 0)
            return false;
        const QByteArrayView inside = m_rest.sliced(1, end - 1);
        const qsizetype comma = inside.indexOf(',');
        const auto isNumber = [](QByteArrayView text) {
            return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit);
        };
        const QByteArrayView low = comma < 0 ? inside : inside.first(comma);
        const QByteArrayView high = comma < 0 ? inside : inside.sliced(comma + 1);
        if (!isNumber(low) || !(isNumber(high) || (comma >= 0 && high.isEmpty())))
            return false;
        least = low.toInt();
        most = high.isEmpty() ? -1 : high.toInt();
        take(end + 1);
        return true;
    }

    PatternPart part(Kind kind, const QByteArray &text) const {
        return {kind, m_flags.isEmpty() ? text : "(?" + m_flags + ':' + text + ')'};
    }

    QByteArrayView m_rest;
    QByteArray m_flags;
    bool m_tooDeep = false;
};

} // namespace

std::optional<PatternPart> parsePattern(QByteArrayView pattern) {
    Parser parser(pattern);
    PatternPart root = parser.choice(0);
    if (parser.tooDeep())
        return std::nullopt;
    return root;
}

} // namespace quaygate
