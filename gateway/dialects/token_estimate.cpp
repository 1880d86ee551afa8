#include "gateway/dialects/token_estimate.h"

namespace quaygate {

namespace {

constexpr int lettersOfAToken = 6;

bool isIdeograph(QChar c) {
    const QChar::Script script = c.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana ||
           script == QChar::Script_Katakana || script == QChar::Script_Hangul;
}

bool isWordCharacter(QChar c) {
    return (c.isLetterOrNumber() || c.isMark()) && !isIdeograph(c);
}

/// Where the token that starts at `begin` ends.
qsizetype tokenEnd(QStringView text, qsizetype begin) {
    qsizetype at = begin;
    if (text[at].isSpace()) {
        const bool oneSpaceBeforeText =
            text[at] == u' ' && at + 1 < text.size() && !text[at + 1].isSpace();
        if (!oneSpaceBeforeText) {
            while (at < text.size() && text[at].isSpace())
                ++at;
            return at;
        }
        ++at;
    }
    const qsizetype first = at;
    while (at < text.size() && at - first < lettersOfAToken && isWordCharacter(text[at]))
        ++at;
    if (at > first)
        return at;
    const bool pair =
        text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return at + (pair ? 2 : 1);
}

} // namespace

int estimateTokens(QStringView text) {
    int count = 0;
    for (qsizetype at = 0; at < text.size(); at = tokenEnd(text, at))
        ++count;
    return count;
}

QStringList tokenPieces(QStringView text, int atMost) {
    QStringList pieces;
    for (qsizetype at = 0; at < text.size() && (atMost < 0 || pieces.size() < atMost);) {
        const qsizetype end = tokenEnd(text, at);
        pieces.append(text.sliced(at, end - at).toString());
        at = end;
    }
    return pieces;
}

} // namespace quaygate
