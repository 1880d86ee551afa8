#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>
#include <optional>

/// The query of a URL as text: what is not asked for keeps its bytes. Names are compared decoded
/// and without regard to case. Pure functions.
namespace quaygate {

/// Without the parameters of these names (in lower case).
QByteArray withoutParameters(QByteArrayView query, std::initializer_list<QByteArrayView> names);

/// The decoded value of the first parameter of that name (in lower case).
std::optional<QByteArray> parameterOf(QByteArrayView query, QByteArrayView name);

} // namespace quaygate
