#include "gateway/rules/json_path.h"

#include "gateway/json/escape.h"

namespace quaygate {

using Token = json::Scanner::Token;

Token JsonPath::next() {
    Token token = m_scanner.next();
    if (token == Token::Key) {
        const size_t level = static_cast<size_t>(m_scanner.depth() - 1);
        if (level < deepest) {
            const json::Span span = m_scanner.span();
            QByteArrayView key = m_text.sliced(span.begin + 1, span.end - span.begin - 2);
            if (m_scanner.escaped()) {
                m_unescaped[level] = json::unescape(key);
                key = m_unescaped[level];
            }
            m_levels[level].key = key;
        }
        token = m_scanner.next();
    }
    const bool opens = token == Token::BeginObject || token == Token::BeginArray;
    const bool closes = token == Token::EndObject || token == Token::EndArray;
    m_length = m_scanner.depth() - (opens ? 1 : 0);
    if (!closes && token != Token::End && token != Token::Error && m_length > 0 &&
        m_length <= deepest && m_levels[static_cast<size_t>(m_length - 1)].key.isNull())
        ++m_levels[static_cast<size_t>(m_length - 1)].element;
    if (opens && m_length < deepest)
        m_levels[static_cast<size_t>(m_length)] = {};
    return token;
}

bool JsonPath::is(std::initializer_list<QByteArrayView> path) const {
    if (static_cast<int>(path.size()) != m_length)
        return false;
    // The last differs most.
    for (size_t i = path.size(); i-- > 0;) {
        const QByteArrayView wanted = path.begin()[i];
        const bool same = wanted == "*" ? m_levels[i].key.isNull() : m_levels[i].key == wanted;
        if (!same)
            return false;
    }
    return true;
}

QByteArrayView JsonPath::value() const {
    return m_text.sliced(span().begin, span().end - span().begin);
}

QByteArray JsonPath::string() const {
    const QByteArrayView inside = m_text.sliced(span().begin + 1, span().end - span().begin - 2);
    return m_scanner.escaped() ? json::unescape(inside) : inside.toByteArray();
}

} // namespace quaygate
