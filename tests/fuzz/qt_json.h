#pragma once

#include <QByteArray>
#include <QString>

// Where Qt's reader of JSON, the other opinion, reads a text differently.

namespace quaygate::fuzz {

/// Qt drops a U+FEFF at the beginning of a string, which is a part of it.
inline bool hasByteOrderMark(const QByteArray &text) {
    return text.contains("\xEF\xBB\xBF");
}

/// Qt keeps lone surrogates, which are no text; here they are U+FFFD, as in ours.
inline QString withoutLoneSurrogates(QString text) {
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair =
            text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace quaygate::fuzz
