#pragma once

#include "gateway/result.h"

#include <QByteArrayView>
#include <QString>

namespace quaygate::dialects {

/// BadRequest for what one API can say and the other cannot: the message is `where: why`, the
/// detail is `where`, the parameter as a path (`messages.1.content.0`). `why` tells what to do.
Error refused(QByteArrayView where, const QString &why);

/// The path of the element `index` of the array at `where`.
QByteArray elementPath(QByteArrayView where, qsizetype index);

} // namespace quaygate::dialects
