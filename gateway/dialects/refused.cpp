#include "gateway/dialects/refused.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

Error refused(QByteArrayView where, const QString &why) {
    const QString path = QString::fromUtf8(where);
    return Error{ErrorCode::BadRequest, u"%1: %2"_s.arg(path, why), path};
}

QByteArray elementPath(QByteArrayView where, qsizetype index) {
    return where.toByteArray() + '.' + QByteArray::number(index);
}

} // namespace quaygate::dialects
