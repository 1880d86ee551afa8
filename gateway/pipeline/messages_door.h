#pragma once

#include "gateway/config/config.h"
#include "gateway/dialects/chat_model.h"
#include "gateway/http/exchange.h"
#include "gateway/result.h"

namespace quaygate {

/// The exchange of a client that speaks Anthropic's Messages, as one of chat completions. Fails if
/// the request cannot be said in chat completions; then `client` is as it was.
Result<ExchangePtr> messagesAsChat(const ExchangePtr &client, const dialects::ChatModel &model);

/// Answers a request for the number of tokens with an estimate.
void answerTokenCount(Exchange &client);

/// An error of our own in Anthropic's shape. `status` 0: that of the error.
void answerInMessages(Exchange &client, const Error &error, const HeaderList &more = {},
                      int status = 0);

/// A refusal in OpenAI's shape, in Anthropic's.
void answerRefusalInMessages(Exchange &client, int status, HeaderList headers,
                             const QByteArray &body);

} // namespace quaygate
