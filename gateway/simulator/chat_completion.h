#pragma once

#include "gateway/simulator/chat_request.h"
#include "gateway/simulator/operation.h"

#include <QString>
#include <QStringList>

namespace quaygate::simulator {

struct ToolCall {
    QString id;
    QString name;
    QStringList arguments; ///< in the pieces of a stream
    bool custom = false;
};

struct ChatChoice {
    QStringList pieces; ///< the text, in the pieces of a stream
    QList<ToolCall> toolCalls;
    QString finishReason;
    QString stopWord; ///< before which the text ends; empty if it came to its own end
};

struct TokenUsage {
    int prompt = 0;
    int completion = 0; ///< with the reasoning
    int reasoning = 0;
};

/// What the model says, before it is written as one body or as a stream.
struct ChatCompletion {
    QString id;
    QString model;
    QString fingerprint;
    qint64 created = 0;
    QList<ChatChoice> choices;
    TokenUsage usage;
};

/// The tokens of a prompt: those of the texts, 3 a message and 3 for the answer's start, 85 an
/// image, and those of the tools' names and schemas.
int promptTokens(const ChatRequest &request);

ChatCompletion complete(const ChatRequest &request, const Call &call, SimulatedResource &resource);

} // namespace quaygate::simulator
