#pragma once

#include "gateway/azure/operations.h"
#include "gateway/http/exchange.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// The model that a request's body names: `model` of a JSON object, or of a form. Empty if there is
/// none or it is no text. Fails if the body is not what it should be. Pure.
Result<QByteArray> requestedModel(const HttpRequest &request, BodyKind kind);

/// The same of a JSON body where nothing hangs on it: the first `model`, whatever comes behind it.
/// Empty as well if the body is not what it should be. Pure.
QByteArray firstModelNamed(QByteArrayView body);

} // namespace quaygate
