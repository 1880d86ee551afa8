#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <unordered_set>
#include <vector>

namespace quaygate {

/// A name in which one `*`, the first, stands for any text, none included; without one it stands
/// for itself. Compares to the byte, in UTF-8.
class NamePattern {
public:
    explicit NamePattern(QByteArray text);

    bool matches(QByteArrayView name) const;
    bool isExact() const { return m_star < 0; }
    /// How many bytes it says for certain: of two that match, the longer one is meant.
    qsizetype length() const { return m_text.size() - (isExact() ? 0 : 1); }
    const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
    qsizetype m_star; ///< -1: none
};

/// Some patterns, one of which must match. Exact names are found by hash, so that a thousand of
/// them cost what one does. Made once, then only read.
class NamePatterns {
public:
    explicit NamePatterns(const QStringList &patterns);

    bool match(QByteArrayView name) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(QByteArrayView text) const { return qHash(text); }
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(QByteArrayView a, QByteArrayView b) const { return a == b; }
    };

    bool m_all = false; ///< one is "*"
    std::unordered_set<QByteArray, Hash, Equal> m_names;
    std::vector<NamePattern> m_patterns;
};

} // namespace quaygate
