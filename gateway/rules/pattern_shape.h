#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace quaygate {

/// A regular expression for everything that a match of `pattern` may begin with, the empty text and
/// the whole match included; so a text at whose end it is found may be going to match. `pattern` is
/// one that RE2 takes. What asserts where a match stands (`\b`, `$`) may be taken for true: this
/// one finds too much rather than too little. Nothing if the pattern is too large for that. Pure.
std::optional<QByteArray> prefixPattern(QByteArrayView pattern);

} // namespace quaygate
