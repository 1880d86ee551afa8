#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::json {

/// The UTF-8 text that the inside of a JSON string (without its quotes) means. The scanner has
/// accepted it. Lone surrogates become U+FFFD. Any thread.
QByteArray unescape(QByteArrayView inside);

/// The inside of a JSON string literal that means the text. Any thread.
QByteArray escape(QByteArrayView utf8);

} // namespace quaygate::json
