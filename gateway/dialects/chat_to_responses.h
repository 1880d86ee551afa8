#pragma once

#include "gateway/dialects/chunk_shape.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// A request of the chat completions API as one of the Responses API, and what the way back of the
/// answer needs.
struct ChatAsResponses {
    QByteArray body;
    bool stream = false;
    ChunkContext context;
};

/// What the Responses API does not have and what would change the answer (stop sequences, several
/// choices, audio) is refused: BadRequest with the parameter as detail, or BodyNotJson. `seed` and
/// `prediction`, which promise nothing, are left out. Nothing is stored unless the client asks for
/// it, as with chat completions. Pure; any thread.
Result<ChatAsResponses> chatToResponses(QByteArrayView body);

} // namespace quaygate::dialects
