#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::simulator {

/// A value of `application/x-www-form-urlencoded`, decoded; empty if there is none.
QByteArray formValue(const QByteArray &form, QByteArrayView name);

} // namespace quaygate::simulator
