#pragma once

#include "gateway/azure/operations.h"
#include "gateway/config/config.h"
#include "gateway/dialects/chat_model.h"
#include "gateway/http/exchange.h"
#include "gateway/result.h"

/// Exchanges of one API as exchanges of another. The request is read from `client`, whose body is
/// gone afterwards; on failure `client` is as it was.
namespace quaygate {

/// Of a client that asks for `asked`, chat completions or responses, as one that asks for the other
/// of the two. Fails, naming the parameter, if the request cannot be said in the other.
Result<ExchangePtr> asOtherConversation(const ExchangePtr &client, Operation asked,
                                        const dialects::ChatModel &model);

/// Of a client that asks for chat completions and stumbles over what Azure adds to OpenAI's
/// answers.
ExchangePtr withStrictAnswers(const ExchangePtr &client);

/// Azure tells nobody which model stands behind a deployment, but most are named after it.
dialects::ChatModel chatModelOf(const Backend &backend);

} // namespace quaygate
