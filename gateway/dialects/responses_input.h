#pragma once

#include "gateway/dialects/chat_content.h"
#include "gateway/dialects/json_view.h"
#include "gateway/result.h"

namespace quaygate::dialects {

/// Translates `instructions` and `input` of a Responses request to messages of the chat API: what
/// the model said and the calls it made at once are one message there, and results of tools follow
/// at once. Refuses as `responsesToChat` does, whose inner part it is. Pure.
class ResponsesInput {
public:
    Result<void> addInstructions(const JsonView &instructions);
    Result<void> addInput(const JsonView &input);

    /// Each is JSON. To be called once, at the end.
    QByteArrayList chatMessages();

private:
    Result<void> addItem(const JsonView &item, const QByteArray &where);
    Result<void> addMessage(const JsonView &item, const QByteArray &where);
    Result<void> addCall(const JsonView &item, const QByteArray &where);
    Result<void> addCallOutput(const JsonView &item, const QByteArray &where);
    void endTurn();

    QByteArrayList m_messages;
    ChatContent m_said; ///< by the model, in the turn that is being read
    QByteArrayList m_calls;
    ChatContent m_images; ///< that tools returned: the chat API takes them from the user only
};

} // namespace quaygate::dialects
