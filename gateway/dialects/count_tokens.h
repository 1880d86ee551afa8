#pragma once

#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// About how many tokens a request of the Messages API is for the model. Azure counts none before
/// it is asked to answer, and each family of models has its own vocabulary, so this is an estimate:
/// text by the rule of `estimateTokens`; JSON (schemas, arguments of calls) a token for 3.5 bytes;
/// 4 for each message, call and result, 8 for each tool, 3 for the begin of the answer; 765 for an
/// image, what OpenAI's models count for 1024 × 1024; 3,000 for each 100,000 bytes of base64 of a
/// PDF. Thinking of earlier turns counts nothing, since it is not sent. For English prose that is
/// within some percent, for code and JSON rather too much. Refused like the request itself where
/// `model` or `messages` is missing, else lenient. Pure; any thread.
Result<qint64> estimateInputTokens(QByteArrayView messagesRequest);

/// The answer of `/v1/messages/count_tokens`.
Result<QByteArray> countTokens(QByteArrayView messagesRequest);

} // namespace quaygate::dialects
