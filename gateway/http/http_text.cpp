#include "gateway/http/http_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace quaygate {

namespace {

constexpr bool isTokenChar(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    for (const char other : "!#$%&'*+-.^_`|~") {
        if (other != '\0' && c == other)
            return true;
    }
    return false;
}

constexpr auto tokenChars = [] {
    std::array<bool, 256> table{};
    for (int c = 0; c < 256; ++c)
        table[static_cast<std::size_t>(c)] = isTokenChar(static_cast<char>(c));
    return table;
}();

/// None of eight bytes is below a space or DEL.
bool hasNoControl(const char *bytes) {
    constexpr std::uint64_t each = 0x0101010101010101;
    constexpr std::uint64_t top = each * 0x80;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    const std::uint64_t del = word ^ (each * 0x7f);
    const std::uint64_t below = ((word - each * 0x20) & ~word) | ((del - each) & ~del);
    return (below & top) == 0;
}

} // namespace

bool isToken(QByteArrayView text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return tokenChars[static_cast<unsigned char>(c)];
    });
}

qsizetype headerNameSize(QByteArrayView line) {
    const auto *const end = std::find_if_not(
        line.begin(), line.end(), [](char c) { return tokenChars[static_cast<unsigned char>(c)]; });
    return end != line.end() && *end == ':' ? end - line.begin() : 0;
}

bool isTargetText(QByteArrayView text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool isFieldText(QByteArrayView text) {
    // Eight bytes at a time, as long as there is neither a control nor a tab; some twice at the
    // end.
    if (text.size() >= 8) {
        const QByteArrayView tail = text.last(8);
        while (text.size() >= 8 && hasNoControl(text.data()))
            text = text.sliced(8);
        if (text.size() < 8 && hasNoControl(tail.data()))
            return true;
    }
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
    });
}

bool isAuthority(QByteArrayView text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c > 0x20 && c < 0x7f) && !std::strchr("/?#@,\\\"<>^`{|}", c);
    });
}

QByteArrayView trimBlanks(QByteArrayView text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

std::optional<int> hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

bool isNumber(QByteArrayView text) {
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<qint64> chunkSize(QByteArrayView line) {
    constexpr qint64 enough = qint64(1) << 56;
    qint64 size = 0;
    qsizetype at = 0;
    for (; at < line.size(); ++at) {
        const auto digit = hexDigit(line[at]);
        if (!digit)
            break;
        size = std::min(size * 16 + *digit, enough);
    }
    const QByteArrayView extension = trimBlanks(line.sliced(at));
    if (at == 0 || (!extension.isEmpty() && extension.front() != ';') || !isFieldText(extension))
        return std::nullopt;
    return size;
}

} // namespace quaygate
