#include "gateway/azure/percent.h"

namespace quaygate {

namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

QByteArray encodePercent(QStringView text) {
    return text.toUtf8().toPercentEncoding();
}

// Not QByteArray::fromPercentEncoding: that makes up bytes where the two digits are none.
QByteArray decodePercent(QStringView text) {
    QByteArray bytes = text.toUtf8();
    qsizetype written = 0;
    for (qsizetype read = 0; read < bytes.size(); ++read, ++written) {
        const bool escape = bytes[read] == '%' && read + 2 < bytes.size();
        const int high = escape ? hexDigit(bytes[read + 1]) : -1;
        const int low = escape ? hexDigit(bytes[read + 2]) : -1;
        if (high >= 0 && low >= 0) {
            bytes[written] = static_cast<char>(high * 16 + low);
            read += 2;
        } else {
            bytes[written] = bytes[read];
        }
    }
    bytes.truncate(written);
    return bytes;
}

} // namespace quaygate
