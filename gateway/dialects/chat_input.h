#pragma once

#include "gateway/dialects/json_view.h"
#include "gateway/result.h"

#include <QByteArrayList>

namespace quaygate::dialects {

/// The messages of a chat request as the input items of a Responses request. Refuses as
/// `chatToResponses` does, whose inner part it is. Pure.
Result<QByteArrayList> inputItems(const JsonView &messages);

} // namespace quaygate::dialects
