#include "gateway/rules/email_matcher.h"

#include <algorithm>

namespace quaygate {

namespace {

constexpr qsizetype longestLocalPart = 64;
constexpr qsizetype longestDomain = 255;
constexpr qsizetype longestLabel = 63;

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isLetterOrDigit(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
}

bool isOfLocalPart(char c) {
    return isLetterOrDigit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

bool isOfDomain(char c) {
    return isLetterOrDigit(c) || c == '.' || c == '-';
}

/// Where the local part begins that ends at `end`.
qsizetype localPartBegin(QByteArrayView text, qsizetype from, qsizetype end) {
    const qsizetype earliest = std::max(from, end - longestLocalPart);
    qsizetype begin = end;
    while (begin > earliest && isOfLocalPart(text[begin - 1]))
        --begin;
    return begin;
}

qsizetype domainEnd(QByteArrayView text, qsizetype begin) {
    const qsizetype latest = std::min(text.size(), begin + longestDomain);
    qsizetype end = begin;
    while (end < latest && isOfDomain(text[end]))
        ++end;
    return end;
}

bool isLabel(QByteArrayView label) {
    return !label.isEmpty() && label.size() <= longestLabel && label.front() != '-' &&
           label.back() != '-';
}

bool isTopLevel(QByteArrayView label) {
    return label.size() >= 2 &&
           (label.startsWith("xn--") || std::all_of(label.begin(), label.end(), isLetter));
}

/// How much of the text at its beginning is a domain; 0: nothing.
qsizetype domainSize(QByteArrayView text) {
    qsizetype good = 0;
    qsizetype begin = 0;
    for (int labels = 1; begin <= text.size(); ++labels) {
        const qsizetype point = text.indexOf('.', begin);
        const qsizetype end = point < 0 ? text.size() : point;
        const QByteArrayView label = text.sliced(begin, end - begin);
        if (!isLabel(label))
            break;
        if (labels > 1 && isTopLevel(label))
            good = end;
        begin = end + 1;
    }
    return good;
}

} // namespace

TextFinding EmailMatcher::find(QByteArrayView text, qsizetype from, bool complete) const {
    using Kind = TextFinding::Kind;
    for (qsizetype at = text.indexOf('@', from); at >= 0; at = text.indexOf('@', at + 1)) {
        qsizetype begin = localPartBegin(text, from, at);
        const qsizetype runEnd = domainEnd(text, at + 1);
        const bool mayGoOn = runEnd == text.size() && runEnd < at + 1 + longestDomain;
        if (begin < at && mayGoOn && !complete)
            return {Kind::Undecided, begin, text.size()};
        const qsizetype size = domainSize(text.sliced(at + 1, runEnd - at - 1));
        while (begin < at && !isLetterOrDigit(text[begin]) && text[begin] != '_')
            ++begin;
        if (begin < at && size > 0)
            return {Kind::Match, begin, at + 1 + size};
    }
    const qsizetype held = complete ? text.size() : localPartBegin(text, from, text.size());
    return {held < text.size() ? Kind::Undecided : Kind::Nothing, held, text.size()};
}

} // namespace quaygate
