#include "gateway/json/scanner.h"

#include "gateway/json/byte_run.h"

#include <QString>

#include <algorithm>
#include <cstring>

namespace quaygate::json {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// How many bytes the UTF-8 sequence at `at` has; 0 if it is none (overlong, surrogate, too large,
/// cut).
int utf8Length(const char *at, const char *end) {
    const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
    const auto continues = [&](int i) { return end - at > i && (byte(i) & 0xC0) == 0x80; };
    const unsigned lead = byte(0);
    if (lead >= 0xC2 && lead <= 0xDF)
        return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (!continues(1) || !continues(2))
            return 0;
        const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!continues(1) || !continues(2) || !continues(3))
            return 0;
        const bool overlong = lead == 0xF0 && byte(1) < 0x90;
        const bool tooLarge = lead == 0xF4 && byte(1) >= 0x90;
        return overlong || tooLarge ? 0 : 4;
    }
    return 0;
}

} // namespace

SyntaxError syntaxErrorAt(QByteArrayView text, qsizetype offset, QString message) {
    const QByteArrayView before = text.first(offset);
    SyntaxError error;
    error.offset = offset;
    error.line = lineAt(text, offset);
    error.column = static_cast<int>(offset - (before.lastIndexOf('\n') + 1)) + 1;
    error.message = std::move(message);
    return error;
}

Scanner::Scanner(QByteArrayView text, int maxDepth)
    : m_begin(text.data())
    , m_end(text.data() + text.size())
    , m_at(m_begin)
    , m_tokenBegin(m_begin)
    , m_tokenEnd(m_begin)
    , m_maxDepth(std::min(maxDepth, depthLimit)) {
    if (text.startsWith("\xEF\xBB\xBF"))
        fail("there is a byte order mark before the JSON");
}

Scanner::Token Scanner::next() {
    const Token token = advance();
    if (token != Token::Key) // behind a name the colon is read too
        m_tokenEnd = m_at;
    return token;
}

Scanner::Token Scanner::advance() {
    if (m_state == State::Failed)
        return Token::Error;
    skipWhitespace();
    m_tokenBegin = m_at;
    if (m_state == State::AfterValue) {
        if (m_depth == 0)
            return m_at == m_end ? Token::End : fail("there is more text behind the end");
        if (peek() == (insideObject() ? '}' : ']'))
            return close();
        if (peek() != ',')
            return fail(insideObject() ? "a “,” or “}” is missing" : "a “,” or “]” is missing");
        ++m_at;
        skipWhitespace();
        m_tokenBegin = m_at;
        m_state = insideObject() ? State::Key : State::Value;
    }
    if ((m_state == State::FirstKey && peek() == '}') ||
        (m_state == State::FirstElement && peek() == ']'))
        return close();
    if (m_state == State::FirstKey || m_state == State::Key)
        return readKey();
    return readValue();
}

SyntaxError Scanner::error() const {
    return syntaxErrorAt({m_begin, m_end}, m_at - m_begin, QString::fromUtf8(m_message));
}

void Scanner::skipWhitespace() {
    while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
        ++m_at;
}

Scanner::Token Scanner::readKey() {
    if (peek() != '"')
        return fail("a member's name, in double quotes, is missing");
    if (!readString())
        return Token::Error;
    m_tokenEnd = m_at;
    skipWhitespace();
    if (peek() != ':')
        return fail("a “:” is missing behind the member's name");
    ++m_at;
    m_state = State::Value;
    return Token::Key;
}

Scanner::Token Scanner::readValue() {
    switch (peek()) {
    case '{':
        return open(true);
    case '[':
        return open(false);
    case '"':
        if (!readString())
            return Token::Error;
        m_state = State::AfterValue;
        return Token::String;
    case 't':
        return readLiteral("true", Token::Bool);
    case 'f':
        return readLiteral("false", Token::Bool);
    case 'n':
        return readLiteral("null", Token::Null);
    default:
        return readNumber();
    }
}

Scanner::Token Scanner::readLiteral(QByteArrayView word, Token token) {
    if (!QByteArrayView(m_at, m_end).startsWith(word))
        return fail("“true”, “false” and “null” are the only bare words");
    m_at += word.size();
    m_state = State::AfterValue;
    return token;
}

Scanner::Token Scanner::readNumber() {
    const auto digits = [this] {
        const char *const begin = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at != begin;
    };
    const bool negative = peek() == '-';
    if (negative)
        ++m_at;
    if (!isDigit(peek()))
        return fail(negative ? "a digit is missing behind the “-”" : "a value is missing");
    if (peek() == '0')
        ++m_at;
    else
        digits();
    if (isDigit(peek()))
        return fail("a number must not start with 0");
    if (peek() == '.') {
        ++m_at;
        if (!digits())
            return fail("a digit is missing behind the “.”");
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!digits())
            return fail("a digit is missing in the exponent");
    }
    m_state = State::AfterValue;
    return Token::Number;
}

Scanner::Token Scanner::open(bool object) {
    if (m_depth >= m_maxDepth)
        return fail("objects and arrays are nested too deeply");
    m_isObject[static_cast<size_t>(m_depth)] = object;
    ++m_depth;
    ++m_at;
    m_state = object ? State::FirstKey : State::FirstElement;
    return object ? Token::BeginObject : Token::BeginArray;
}

Scanner::Token Scanner::close() {
    const bool object = insideObject();
    --m_depth;
    ++m_at;
    m_state = State::AfterValue;
    return object ? Token::EndObject : Token::EndArray;
}

bool Scanner::readString() {
    m_escaped = false;
    ++m_at;
    while (true) {
        // Long strings (images in base64) make up most of a large body.
        int plain = 8;
        while (plain == 8 && m_end - m_at >= 8) {
            plain = plainBytes(m_at);
            m_at += plain;
        }
        if (m_at == m_end) {
            fail("the text ends too early");
            return false;
        }
        const auto byte = static_cast<unsigned char>(*m_at);
        if (byte == '"') {
            ++m_at;
            return true;
        }
        if (byte == '\\') {
            if (!readEscape())
                return false;
        } else if (byte < 0x20) {
            fail("a control character in a string must be escaped");
            return false;
        } else if (byte < 0x80) {
            ++m_at;
        } else if (!readUtf8()) {
            return false;
        }
    }
}

bool Scanner::readEscape() {
    m_escaped = true;
    const QByteArrayView rest(m_at, m_end);
    const char kind = rest.size() > 1 ? rest[1] : '\0';
    if (kind == 'u') {
        if (rest.size() < 6 || !std::all_of(m_at + 2, m_at + 6, isHexDigit)) {
            fail("“\\u” must be followed by four hexadecimal digits");
            return false;
        }
        m_at += 6;
        return true;
    }
    if (kind == '\0' || std::strchr("\"\\/bfnrt", kind) == nullptr) {
        fail("a “\\” in a string is followed by a character that cannot be escaped");
        return false;
    }
    m_at += 2;
    return true;
}

bool Scanner::readUtf8() {
    const int length = utf8Length(m_at, m_end);
    if (length == 0) {
        fail("a string is not UTF-8");
        return false;
    }
    m_at += length;
    return true;
}

Scanner::Token Scanner::fail(const char *message) {
    m_state = State::Failed;
    m_message = m_at == m_end ? "the text ends too early" : message;
    return Token::Error;
}

} // namespace quaygate::json
