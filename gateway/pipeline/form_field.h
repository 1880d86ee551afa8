#pragma once

#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace quaygate {

/// A multipart/form-data body (RFC 7578) with the text field `name` set to `value`: replaced in
/// place if there is one, else added before the end. Everything else keeps its bytes, files above
/// all. `contentType` names the boundary. BadRequest if the body is no such form. Pure.
Result<QByteArray> withFormField(const QByteArray &body, QByteArrayView contentType,
                                 QByteArrayView name, QByteArrayView value);

/// What the text field `name` of such a body holds, or nothing if there is none.
Result<std::optional<QByteArrayView>> formField(QByteArrayView body, QByteArrayView contentType,
                                                QByteArrayView name);

} // namespace quaygate
