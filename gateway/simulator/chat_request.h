#pragma once

#include "gateway/simulator/api_version.h"
#include "gateway/simulator/simulated_answer.h"
#include "gateway/simulator/simulated_model.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace quaygate::simulator {

struct ChatMessage {
    QString role;
    QString text; ///< its text parts joined
    int images = 0;
    QStringList toolCallIds; ///< that an assistant message asks for
    QStringList toolNames;   ///< of the same
    QString toolCallId;      ///< that a tool message answers
};

struct ChatTool {
    QString name;
    QJsonObject parameters; ///< a JSON schema
    bool custom = false;    ///< takes free text instead of JSON
};

/// The body of a chat completion, read and found good.
struct ChatRequest {
    enum class ToolChoice { None, Auto, Required, Named };
    enum class Format { Text, Json, Schema };

    QList<ChatMessage> messages;
    QList<ChatTool> tools;
    ToolChoice toolChoice = ToolChoice::Auto;
    QString namedTool;
    bool parallelToolCalls = true;
    bool stream = false;
    bool includeUsage = false;
    bool obfuscate = true;
    std::optional<int> maxTokens;
    QStringList stop;
    int n = 1;
    Format format = Format::Text;
    QJsonObject schema;
    QString effort;
    QJsonObject parameters; ///< all but the messages and the tools, to be shown

    const ChatMessage *lastOf(QStringView role) const;
};

/// The request, or what the service says against it: unknown or ill-typed parameters, impossible
/// conversations, what the model does not take.
std::variant<ChatRequest, SimulatedAnswer>
readChatRequest(const QJsonObject &body, const Model &model, const ApiVersion &version);

} // namespace quaygate::simulator
