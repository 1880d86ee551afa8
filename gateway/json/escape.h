#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::json {

/// The UTF-8 text that the inside of a JSON string (without its quotes) means. The scanner has
/// accepted it. Lone surrogates become U+FFFD. Inner part of json/; any thread.
QByteArray unescape(QByteArrayView inside);

} // namespace quaygate::json
