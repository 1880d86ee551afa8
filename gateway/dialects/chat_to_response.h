#pragma once

#include "gateway/dialects/response_shape.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// A chat completion as a response of the Responses API. UpstreamProtocol if it is none. Pure; any
/// thread.
Result<QByteArray> chatToResponse(QByteArrayView chat, const ResponseContext &context);

} // namespace quaygate::dialects
