#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"
#include "gateway/rules/dialect.h"

#include <QByteArray>

namespace quaygate {

/// The body of a request with the messages of the rule added; all else keeps its bytes. "system"
/// and "developer" are one and the same: where the conversation has one of the two and not the
/// other, the rule's messages are written with that one, since models refuse both in one request.
///
/// - Chat: in front of and behind `messages`.
/// - Responses: in front of and behind `input`; where that is a text, it becomes a list of one
///   message of the user. `instructions` stay as they are; the model reads them before `input`.
///   A request that continues another (`previous_response_id`, `conversation`) gets the system's
///   messages again, for the one before may not have passed here, but no others in front: these
///   would stand in the middle of the conversation.
/// - Messages: what the system says goes in front of and behind `system`, which becomes a list of
///   blocks; the rest in front of and behind `messages`.
///
/// A body that has no list where one must be, and other dialects, stay as they are: to refuse is
/// the model's business. BodyNotJson if the body is no JSON object. Pure.
Result<QByteArray> withPrompt(const QByteArray &body, const PromptRule &rule, RuleDialect dialect);

} // namespace quaygate
