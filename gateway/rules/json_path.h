#pragma once

#include "gateway/json/scanner.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <initializer_list>

namespace quaygate {

/// Walks through the values of a JSON text and knows where each stands, without building a tree:
/// events of streams are many and small. Belongs to one text.
class JsonPath {
public:
    /// Values that stand deeper have no path.
    static constexpr int deepest = 10;

    explicit JsonPath(QByteArrayView text) : m_text(text), m_scanner(text) {}

    /// The next value's token, or the end of an object or array; keys are passed over.
    json::Scanner::Token next();

    /// Whether the last value stands there; "*" is any place of an array.
    bool is(std::initializer_list<QByteArrayView> path) const;
    /// Which element of the array that the path has there, from 0.
    int element(int level) const { return m_levels[static_cast<size_t>(level)].element; }

    json::Span span() const { return m_scanner.span(); }
    QByteArrayView value() const;
    /// Of a string that is no text of its own: as it stands, unless it holds an escape.
    QByteArray string() const;
    /// How many objects and arrays are open.
    int depth() const { return m_scanner.depth(); }

private:
    struct Level {
        QByteArrayView key; ///< null: an array
        int element = -1;
    };

    QByteArrayView m_text;
    json::Scanner m_scanner;
    std::array<Level, deepest> m_levels;
    std::array<QByteArray, deepest> m_unescaped; ///< keys with escapes
    int m_length = 0; ///< of the path of the last value; more than `deepest`: none
};

} // namespace quaygate
