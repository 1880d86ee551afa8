#include "gateway/simulator/chat_json.h"

#include "gateway/simulator/content_filter.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

QJsonObject messageJson(const ChatChoice &choice) {
    QJsonObject message{{u"role"_s, u"assistant"_s},
                        {u"content"_s, choice.pieces.join(QString())},
                        {u"refusal"_s, QJsonValue()},
                        {u"annotations"_s, QJsonArray()}};
    if (choice.toolCalls.isEmpty())
        return message;
    QJsonArray calls;
    for (const ToolCall &call : choice.toolCalls)
        calls.append(toolCallJson(call));
    message[u"tool_calls"] = calls;
    message[u"content"] = QJsonValue();
    return message;
}

QJsonObject choiceJson(const ChatChoice &choice, qsizetype index) {
    const bool filtered = choice.finishReason == u"content_filter";
    QJsonObject json{{u"index"_s, index},
                     {u"finish_reason"_s, choice.finishReason},
                     {u"logprobs"_s, QJsonValue()},
                     {u"content_filter_results"_s,
                      filtered ? filteredCompletionResults() : cleanCompletionResults()}};
    // The service leaves out the message of a filtered answer altogether.
    if (!filtered)
        json[u"message"] = messageJson(choice);
    return json;
}

} // namespace

QJsonObject usageJson(const TokenUsage &usage) {
    return {
        {u"prompt_tokens"_s, usage.prompt},
        {u"completion_tokens"_s, usage.completion},
        {u"total_tokens"_s, usage.prompt + usage.completion},
        {u"prompt_tokens_details"_s, QJsonObject{{u"audio_tokens"_s, 0}, {u"cached_tokens"_s, 0}}},
        {u"completion_tokens_details"_s, QJsonObject{{u"accepted_prediction_tokens"_s, 0},
                                                     {u"audio_tokens"_s, 0},
                                                     {u"reasoning_tokens"_s, usage.reasoning},
                                                     {u"rejected_prediction_tokens"_s, 0}}}};
}

QJsonObject toolCallJson(const ToolCall &call) {
    const QString kind = call.custom ? u"custom"_s : u"function"_s;
    const QJsonObject body{
        {u"name"_s, call.name},
        {call.custom ? u"input"_s : u"arguments"_s, call.arguments.join(QString())}};
    return {{u"id"_s, call.id}, {u"type"_s, kind}, {kind, body}};
}

QJsonObject completionJson(const ChatCompletion &completion, bool annotated) {
    QJsonArray choices;
    for (qsizetype i = 0; i < completion.choices.size(); ++i)
        choices.append(choiceJson(completion.choices[i], i));
    QJsonObject json{{u"id"_s, completion.id},
                     {u"object"_s, u"chat.completion"_s},
                     {u"created"_s, completion.created},
                     {u"model"_s, completion.model},
                     {u"system_fingerprint"_s, completion.fingerprint},
                     {u"choices"_s, choices},
                     {u"usage"_s, usageJson(completion.usage)}};
    if (annotated)
        json[u"prompt_filter_results"] = promptFilterResults();
    return json;
}

} // namespace quaygate::simulator
