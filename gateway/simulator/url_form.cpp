#include "gateway/simulator/url_form.h"

#include <QList>

namespace quaygate::simulator {

namespace {

QByteArray decoded(QByteArray text) {
    return QByteArray::fromPercentEncoding(text.replace('+', ' '));
}

} // namespace

QByteArray formValue(const QByteArray &form, QByteArrayView name) {
    for (const QByteArray &pair : form.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals >= 0 && decoded(pair.first(equals)) == name)
            return decoded(pair.sliced(equals + 1));
    }
    return {};
}

} // namespace quaygate::simulator
