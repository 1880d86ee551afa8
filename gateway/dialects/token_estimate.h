#pragma once

#include <QStringList>
#include <QStringView>

/// How long a text is in tokens, by a plain rule instead of a vocabulary, and the pieces in which a
/// stream may be delivered. A token is one of: up to six letters or digits with the space before
/// them; one other character with the space before it; a run of line breaks or blanks. Characters
/// of Chinese, Japanese and Korean count one each. For English that comes close to what the real
/// tokenizers count.
namespace quaygate {

int estimateTokens(QStringView text);

/// The first `atMost` tokens; joined they are the text again. -1: all.
QStringList tokenPieces(QStringView text, int atMost = -1);

} // namespace quaygate
