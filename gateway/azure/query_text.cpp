#include "gateway/azure/query_text.h"

#include "gateway/azure/percent.h"

#include <algorithm>

namespace quaygate {

namespace {

struct Parameter {
    QByteArrayView text; ///< all of it
    QByteArrayView name;
    QByteArrayView value;
};

template<typename Each>
void forEachParameter(QByteArrayView query, Each each) {
    while (!query.isEmpty()) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView text = end < 0 ? query : query.first(end);
        const qsizetype equals = text.indexOf('=');
        if (!text.isEmpty())
            each(Parameter{text, equals < 0 ? text : text.first(equals),
                           equals < 0 ? QByteArrayView() : text.sliced(equals + 1)});
        query = end < 0 ? QByteArrayView() : query.sliced(end + 1);
    }
}

QByteArray decoded(QByteArrayView text) {
    return decodePercent(QString::fromLatin1(text));
}

} // namespace

QByteArray withoutParameters(QByteArrayView query, std::initializer_list<QByteArrayView> names) {
    QByteArray rest;
    forEachParameter(query, [&](const Parameter &one) {
        const QByteArray name = decoded(one.name).toLower();
        if (std::find(names.begin(), names.end(), QByteArrayView(name)) != names.end())
            return;
        if (!rest.isEmpty())
            rest += '&';
        rest.append(one.text);
    });
    return rest;
}

std::optional<QByteArray> parameterOf(QByteArrayView query, QByteArrayView name) {
    std::optional<QByteArray> value;
    forEachParameter(query, [&](const Parameter &one) {
        if (!value && decoded(one.name).toLower() == name)
            value = decoded(one.value);
    });
    return value;
}

} // namespace quaygate
