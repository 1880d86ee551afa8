#pragma once

#include <QByteArrayView>

#include <optional>

/// The character classes and small forms of HTTP's grammar (RFC 9110, RFC 9112). Pure functions.
namespace quaygate {

/// A method, a header name: at least one character, and only those of a token.
bool isToken(QByteArrayView text);
/// Of the name that a header line begins with, up to its colon; 0: it has no proper one.
qsizetype headerNameSize(QByteArrayView line);

/// Visible characters of a request target: no controls, no space, ASCII only (RFC 3986).
bool isTargetText(QByteArrayView text);

/// A header value: no controls but the tab.
bool isFieldText(QByteArrayView text);

/// host[:port] as RFC 3986 spells it; whether the name is welcome is asked elsewhere.
bool isAuthority(QByteArrayView text);

/// Without spaces and tabs at both ends.
QByteArrayView trimBlanks(QByteArrayView text);

std::optional<int> hexDigit(char c);

/// At least one character, and only digits.
bool isNumber(QByteArrayView text);

/// The size on the line before a chunk, without its line end; nothing if it is not well-formed. Far
/// beyond any limit it is not counted on.
std::optional<qint64> chunkSize(QByteArrayView line);

/// Such a line with its extensions; nobody needs more, and it must not grow without end.
inline constexpr qint64 maxChunkLineBytes = 4096;

/// Calls `each` with every element of a comma-separated list.
template<typename Each>
void forEachListElement(QByteArrayView list, Each each) {
    while (true) {
        const qsizetype comma = list.indexOf(',');
        each(trimBlanks(comma < 0 ? list : list.first(comma)));
        if (comma < 0)
            return;
        list = list.sliced(comma + 1);
    }
}

} // namespace quaygate
