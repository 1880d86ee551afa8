#pragma once

#include "gateway/dialects/json_view.h"
#include "gateway/dialects/tool_names.h"
#include "gateway/result.h"

#include <QByteArrayList>

namespace quaygate::dialects {

/// Translates the turns of a Messages request: `system`, `messages` and their blocks become
/// messages of the chat API. Refuses as `messagesToChat` does. Inner part of it; pure.
class MessagesContent {
public:
    explicit MessagesContent(ToolNames &names) : m_names(names) {}

    Result<void> addSystem(const JsonView &system);
    Result<void> addMessages(const JsonView &messages);

    /// Each is JSON.
    const QByteArrayList &chatMessages() const { return m_messages; }

private:
    Result<void> addMessage(const JsonView &message, const QByteArray &where);
    Result<void> addUser(const JsonView &content, const QByteArray &where);
    Result<void> addAssistant(const JsonView &content, const QByteArray &where);

    ToolNames &m_names;
    QByteArrayList m_messages;
};

} // namespace quaygate::dialects
