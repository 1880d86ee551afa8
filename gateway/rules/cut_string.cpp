#include "gateway/rules/cut_string.h"

#include <QChar>

namespace quaygate {

namespace {

/// The code unit of a whole `\uXXXX` there, or 0.
char16_t unitAt(QByteArrayView inside, qsizetype place) {
    if (place + 6 > inside.size() || inside[place + 1] != 'u')
        return 0;
    return inside.sliced(place + 2, 4).toUShort(nullptr, 16);
}

} // namespace

qsizetype wholeEscapes(QByteArrayView inside) {
    qsizetype at = inside.indexOf('\\');
    while (at >= 0) {
        const bool isUnit = at + 1 < inside.size() && inside[at + 1] == 'u';
        const qsizetype end = at + (isUnit ? 6 : 2);
        if (end > inside.size())
            return at;
        if (isUnit && QChar::isHighSurrogate(unitAt(inside, at))) {
            const QByteArrayView rest = inside.sliced(end);
            // The second half is an escape too.
            const bool mayGoOn =
                rest.isEmpty() || rest == "\\" || (rest.startsWith("\\u") && rest.size() < 6);
            if (mayGoOn)
                return at;
        }
        at = inside.indexOf('\\', end);
    }
    return inside.size();
}

} // namespace quaygate
