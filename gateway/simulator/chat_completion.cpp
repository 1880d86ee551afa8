#include "gateway/simulator/chat_completion.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/chat_text.h"
#include "gateway/simulator/content_filter.h"
#include "gateway/simulator/schema_example.h"
#include "gateway/simulator/tool_calls.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int tokensOfAMessage = 3;
constexpr int tokensOfTheStart = 3;
constexpr int tokensOfAnImage = 85;

QString compact(const QJsonValue &value) {
    return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
}

/// Hidden tokens, before the first one that is seen.
int reasoningTokens(const ChatRequest &request, const Model &model) {
    static const QHash<QString, int> byEffort{
        {u"none"_s, 0}, {u"minimal"_s, 0}, {u"low"_s, 64}, {u"medium"_s, 128}, {u"high"_s, 256}};
    return model.reasoning ? byEffort.value(request.effort, 128) : 0;
}

/// Cut before the first stop word, which goes to `stopWord`.
QString stopped(QString text, const QStringList &stop, QString &stopWord) {
    for (const QString &word : stop) {
        if (const qsizetype at = text.indexOf(word); at >= 0) {
            text.truncate(at);
            stopWord = word;
        }
    }
    return text;
}

bool asksForTakenBack(const ChatRequest &request) {
    const ChatMessage *const last = request.lastOf(u"user");
    return last && last->text.contains(completionTrigger, Qt::CaseInsensitive);
}

QString textOf(const ChatRequest &request, const Call &call) {
    const ChatMessage *const last = request.lastOf(u"user");
    const QString said = last ? last->text : QString();
    const QString text = describeRequest(request, call);
    switch (request.format) {
    case ChatRequest::Format::Schema:
        return compact(exampleFor(request.schema, said));
    case ChatRequest::Format::Json:
        return compact(QJsonObject{{u"answer"_s, text}, {u"question"_s, said}});
    case ChatRequest::Format::Text:
        break;
    }
    return lengthened(text, call.answerTokens / std::max(request.n, 1));
}

ChatChoice textChoice(const ChatRequest &request, const Call &call, int budget) {
    ChatChoice choice;
    const QString text = stopped(textOf(request, call), request.stop, choice.stopWord);
    choice.pieces = tokenPieces(text, budget);
    const bool whole = choice.pieces.join(QString()) == text;
    choice.finishReason = whole ? u"stop"_s : u"length"_s;
    if (asksForTakenBack(request)) {
        // What was said before the filter noticed.
        choice.pieces = choice.pieces.first(std::min<qsizetype>(choice.pieces.size(), 4));
        choice.finishReason = u"content_filter"_s;
    }
    return choice;
}

ChatChoice toolChoice(const ChatRequest &request, SimulatedResource &resource, int budget) {
    ChatChoice choice;
    choice.toolCalls = callTools(request, resource);
    choice.finishReason = u"tool_calls"_s;
    for (ToolCall &call : choice.toolCalls) {
        if (call.arguments.size() > budget) {
            call.arguments = call.arguments.first(std::max(budget, 0));
            choice.finishReason = u"length"_s;
        }
        budget -= static_cast<int>(call.arguments.size());
    }
    return choice;
}

int tokensOf(const ChatChoice &choice) {
    qsizetype tokens = choice.pieces.size();
    for (const ToolCall &call : choice.toolCalls)
        tokens += call.arguments.size() + estimateTokens(call.name);
    return static_cast<int>(tokens);
}

} // namespace

int promptTokens(const ChatRequest &request) {
    int tokens = tokensOfTheStart;
    for (const ChatMessage &message : request.messages)
        tokens +=
            tokensOfAMessage + estimateTokens(message.text) + message.images * tokensOfAnImage;
    for (const ChatTool &tool : request.tools)
        tokens += estimateTokens(tool.name) + estimateTokens(compact(tool.parameters));
    return tokens;
}

ChatCompletion complete(const ChatRequest &request, const Call &call, SimulatedResource &resource) {
    const Model &model = call.deployment->model;
    ChatCompletion completion;
    completion.id = u"chatcmpl-"_s + resource.letters(29);
    completion.model = model.snapshot;
    completion.fingerprint = u"fp_"_s + QString::fromLatin1(resource.guid().first(8));
    completion.created = call.seconds();

    const int limit = request.maxTokens.value_or(std::numeric_limits<int>::max());
    completion.usage.prompt = promptTokens(request);
    completion.usage.reasoning = std::min(reasoningTokens(request, model), limit);
    completion.usage.completion = completion.usage.reasoning;
    const int budget = limit - completion.usage.reasoning;
    const bool tools = wantsTools(request);
    for (int i = 0; i < request.n; ++i) {
        completion.choices.append(tools ? toolChoice(request, resource, budget)
                                        : textChoice(request, call, budget));
        completion.usage.completion += tokensOf(completion.choices.back());
    }
    return completion;
}

} // namespace quaygate::simulator
