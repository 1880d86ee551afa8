#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

/// Percent-encoding of one path segment or one query value. Pure functions.
namespace quaygate {

/// UTF-8, everything encoded but RFC 3986's unreserved characters.
QByteArray encodePercent(QStringView text);

/// Decodes exactly once. A '%' that begins no escape stands for itself; '+' stays a '+'.
QByteArray decodePercent(QStringView text);

} // namespace quaygate
