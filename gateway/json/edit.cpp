#include "gateway/json/escape.h"
#include "gateway/json/json_text.h"
#include "gateway/json/scanner.h"
#include "gateway/json/utf8.h"

#include <QVarLengthArray>

#include <cstring>

using namespace Qt::StringLiterals;

namespace quaygate::json {

namespace {

using Token = Scanner::Token;

/// What a pass over a text found out about one of its top-level members.
struct Found {
    QVarLengthArray<Span, 4> values; ///< of every member of that name, in order
    qsizetype insideBegin = 0;       ///< behind the opening brace
    bool empty = true;               ///< the object has no member at all
};

/// An escape is at most six bytes for one, so most names are told apart by their length.
bool isKey(QByteArrayView text, const Scanner &scanner, QByteArrayView key) {
    const Span span = scanner.span();
    const QByteArrayView inside = text.sliced(span.begin + 1, span.end - span.begin - 2);
    if (!scanner.escaped())
        return inside == key;
    return inside.size() > key.size() && inside.size() <= 6 * key.size() && unescape(inside) == key;
}

Error notJson(const SyntaxError &error) {
    return Error{ErrorCode::BodyNotJson,
                 u"The request body is not a JSON object: line %1, column %2: %3."_s.arg(
                     QString::number(error.line), QString::number(error.column), error.message),
                 {}};
}

Result<Found> search(QByteArrayView text, QByteArrayView key) {
    Found found;
    Scanner scanner(text);
    Token token = scanner.next();
    if (token != Token::BeginObject && token != Token::Error)
        return notJson(syntaxErrorAt(text, scanner.span().begin, u"it must start with “{”"_s));
    found.insideBegin = scanner.span().end;

    enum class At { Elsewhere, Value, InsideValue } at = At::Elsewhere;
    while (token != Token::End && token != Token::Error) {
        token = scanner.next();
        if (at == At::Value) {
            found.values.append(scanner.span());
            at = scanner.depth() > 1 ? At::InsideValue : At::Elsewhere;
        } else if (at == At::InsideValue && scanner.depth() == 1) {
            found.values.last().end = scanner.span().end;
            at = At::Elsewhere;
        } else if (token == Token::Key && scanner.depth() == 1) {
            found.empty = false;
            at = isKey(text, scanner, key) ? At::Value : At::Elsewhere;
        }
    }
    if (token == Token::Error)
        return notJson(scanner.error());
    return found;
}

QByteArray inserted(QByteArrayView text, const Found &found, QByteArrayView key,
                    QByteArrayView value) {
    const QByteArray member =
        quote(textOfUtf8(key)) + ':' + value.toByteArray() + (found.empty ? ""_ba : ","_ba);
    QByteArray out;
    out.reserve(text.size() + member.size());
    out.append(text.first(found.insideBegin));
    out.append(member);
    out.append(text.sliced(found.insideBegin));
    return out;
}

QByteArray replaced(QByteArrayView text, const Found &found, QByteArrayView value) {
    QByteArray out;
    out.reserve(text.size() + found.values.size() * value.size());
    qsizetype copied = 0;
    for (const Span &old : found.values) {
        out.append(text.sliced(copied, old.begin - copied));
        out.append(value);
        copied = old.end;
    }
    out.append(text.sliced(copied));
    return out;
}

} // namespace

Result<Span> findMember(QByteArrayView text, QByteArrayView key) {
    const Result<Found> found = search(text, key);
    if (!found)
        return found.error();
    return found->values.isEmpty() ? Span{} : found->values.last();
}

Span findFirstMember(QByteArrayView text, QByteArrayView key) {
    Scanner scanner(text);
    for (Token token = scanner.next(); token != Token::End && token != Token::Error;
         token = scanner.next()) {
        if (token != Token::Key || scanner.depth() != 1 || !isKey(text, scanner, key))
            continue;
        if (scanner.next() == Token::Error)
            return {};
        Span value = scanner.span();
        while (scanner.depth() > 1) {
            if (scanner.next() == Token::Error)
                return {};
            value.end = scanner.span().end;
        }
        return value;
    }
    return {};
}

/// From quote to quote: in the longest strings, those with pictures, there are none.
bool mayName(QByteArrayView text, QByteArrayView name) {
    const char *at = text.begin();
    while (const void *quote = std::memchr(at, '"', size_t(text.end() - at))) {
        at = static_cast<const char *>(quote) + 1;
        const QByteArrayView rest(at, text.end() - at);
        if (rest.size() > name.size() && rest[name.size()] == '"' && rest.startsWith(name))
            return true;
    }
    return false;
}

Result<QByteArray> withMember(QByteArrayView text, QByteArrayView key, QByteArrayView value) {
    const Result<Found> found = search(text, key);
    if (!found)
        return found.error();
    return found->values.isEmpty() ? inserted(text, *found, key, value)
                                   : replaced(text, *found, value);
}

} // namespace quaygate::json
