#pragma once

#include "gateway/json/json_text.h"

#include <QByteArrayView>

#include <bitset>

namespace quaygate::json {

/// An error at `offset`, with its line and column.
SyntaxError syntaxErrorAt(QByteArrayView text, qsizetype offset, QString message);

/// Walks through a JSON text token by token, strictly by RFC 8259, without allocating anything and
/// without recursion. For who needs no tree; json_text.h has one. A value; any thread.
class Scanner {
public:
    /// The deepest nesting that can be asked for.
    static constexpr int depthLimit = 512;

    enum class Token {
        BeginObject,
        EndObject,
        BeginArray,
        EndArray,
        Key, ///< the value's token follows
        String,
        Number,
        Bool,
        Null,
        End, ///< the whole text was good
        Error,
    };

    explicit Scanner(QByteArrayView text, int maxDepth = depthLimit);

    /// The next token; after End or Error the same again.
    Token next();

    /// Where the last token stands; of a key or string with its quotes.
    Span span() const { return {m_tokenBegin - m_begin, m_tokenEnd - m_begin}; }
    /// True if the last key or string holds an escape.
    bool escaped() const { return m_escaped; }
    /// How many objects and arrays are open, the one that the last token opened included.
    int depth() const { return m_depth; }
    /// After Token::Error.
    SyntaxError error() const;

private:
    enum class State { Value, FirstElement, FirstKey, Key, AfterValue, Failed };

    Token advance();
    void skipWhitespace();
    char peek() const { return m_at == m_end ? '\0' : *m_at; }
    bool insideObject() const { return m_isObject[static_cast<size_t>(m_depth - 1)]; }

    Token readKey();
    Token readValue();
    Token readLiteral(QByteArrayView word, Token token);
    Token readNumber();
    Token open(bool object);
    Token close();
    /// From the opening quote to behind the closing one; false after `fail`.
    bool readString();
    bool readEscape();
    bool readUtf8();
    Token fail(const char *message);

    const char *m_begin;
    const char *m_end;
    const char *m_at;
    const char *m_tokenBegin;
    const char *m_tokenEnd;
    const char *m_message = nullptr;
    State m_state = State::Value;
    bool m_escaped = false;
    int m_depth = 0;
    int m_maxDepth;
    std::bitset<depthLimit> m_isObject;
};

} // namespace quaygate::json
