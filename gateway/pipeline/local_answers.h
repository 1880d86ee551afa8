#pragma once

#include "gateway/http/exchange.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/rules/client_key_ring.h"

/// What is answered here, without asking a backend.
namespace quaygate {

/// True for a client of Anthropic's API, which wants its errors in the shape of that.
bool speaksMessages(const HttpRequest &request);

/// Answers in the client's own shape. `status` 0: that of the error.
void answerError(Exchange &exchange, const Error &error, const HeaderList &more = {},
                 int status = 0);

/// The list of what the client may use, or one of it: ModelNotFound. `key` may be null.
Result<void> answerModels(Exchange &exchange, const Routed &routed, const KnownClientKey *key);

} // namespace quaygate
