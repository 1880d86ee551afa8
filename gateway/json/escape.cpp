#include "gateway/json/escape.h"

#include "gateway/json/json_text.h"
#include "gateway/json/utf8.h"

#include <QChar>
#include <QString>

namespace quaygate::json {

namespace {

/// The four digits of a \u escape at `offset`, or 0 if there is no such escape.
char32_t unicodeEscapeAt(QByteArrayView inside, qsizetype offset) {
    if (!inside.sliced(offset).startsWith("\\u"))
        return 0;
    return inside.sliced(offset + 2, 4).toUInt(nullptr, 16);
}

void appendUtf8(QByteArray &out, char32_t codePoint) {
    out += QString::fromUcs4(&codePoint, 1).toUtf8();
}

/// Appends what the \u escape at `offset` (or the pair of them) means; returns the offset behind
/// it.
qsizetype appendUnicodeEscape(QByteArray &out, QByteArrayView inside, qsizetype offset) {
    const char32_t first = unicodeEscapeAt(inside, offset);
    offset += 6;
    if (!QChar::isSurrogate(first)) {
        appendUtf8(out, first);
        return offset;
    }
    const char32_t second = unicodeEscapeAt(inside, offset);
    if (QChar::isHighSurrogate(first) && QChar::isLowSurrogate(second)) {
        appendUtf8(out, QChar::surrogateToUcs4(static_cast<char16_t>(first),
                                               static_cast<char16_t>(second)));
        return offset + 6;
    }
    appendUtf8(out, QChar::ReplacementCharacter);
    return offset;
}

char unescaped(char kind) {
    switch (kind) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return kind; // quote, backslash, slash
    }
}

bool mustBeEscaped(char byte) {
    return byte == '"' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20;
}

/// What a byte of a string that must be escaped is written as.
QByteArray escaped(char byte) {
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return "\\u00" + QByteArray(1, byte).toHex();
    }
}

} // namespace

QByteArray unescape(QByteArrayView inside) {
    QByteArray out;
    out.reserve(inside.size());
    qsizetype at = 0;
    while (at < inside.size()) {
        const qsizetype backslash = inside.indexOf('\\', at);
        const qsizetype plainEnd = backslash < 0 ? inside.size() : backslash;
        out.append(inside.sliced(at, plainEnd - at));
        at = plainEnd;
        if (backslash < 0)
            break;
        if (inside[at + 1] == 'u') {
            at = appendUnicodeEscape(out, inside, at);
        } else {
            out += unescaped(inside[at + 1]);
            at += 2;
        }
    }
    return out;
}

QString stringValue(QByteArrayView text, const Node &node) {
    const Span inside{node.span.begin + 1, node.span.end - 1};
    return textOfUtf8(unescape(text.sliced(inside.begin, inside.end - inside.begin)));
}

namespace {

void appendEscaped(QByteArray &out, QByteArrayView utf8) {
    qsizetype plain = 0; // from here on nothing was to be escaped
    for (qsizetype at = 0; at < utf8.size(); ++at) {
        if (!mustBeEscaped(utf8[at]))
            continue;
        out.append(utf8.sliced(plain, at - plain)).append(escaped(utf8[at]));
        plain = at + 1;
    }
    out.append(utf8.sliced(plain));
}

} // namespace

QByteArray escape(QByteArrayView utf8) {
    QByteArray out;
    out.reserve(utf8.size() + 8);
    appendEscaped(out, utf8);
    return out;
}

QByteArray quote(QStringView text) {
    const QByteArray utf8 = text.toUtf8();
    QByteArray out;
    out.reserve(utf8.size() + 10);
    out += '"';
    appendEscaped(out, utf8);
    out += '"';
    return out;
}

} // namespace quaygate::json
