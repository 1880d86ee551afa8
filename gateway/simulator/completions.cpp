#include "gateway/simulator/completions.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/chat_completion.h"
#include "gateway/simulator/chat_json.h"
#include "gateway/simulator/content_filter.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/parameter_check.h"
#include "gateway/simulator/sse_event.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;

constexpr int usualTokens = 16;

const std::array completionParameters{
    Parameter{"best_of", Type::Integer, 1, 20},
    Parameter{"echo", Type::Boolean},
    Parameter{"frequency_penalty", Type::Number, -2, 2},
    Parameter{"logit_bias", Type::Object},
    Parameter{"logprobs", Type::Integer, 0, 5},
    Parameter{"max_tokens", Type::Integer, 0},
    Parameter{"model"},
    Parameter{"n", Type::Integer, 1, 128},
    Parameter{"presence_penalty", Type::Number, -2, 2},
    Parameter{"prompt"},
    Parameter{"seed", Type::Integer},
    Parameter{"stop"},
    Parameter{"stream", Type::Boolean},
    Parameter{"stream_options", Type::Object},
    Parameter{"suffix", Type::String},
    Parameter{"temperature", Type::Number, 0, 2},
    Parameter{"top_p", Type::Number, 0, 1},
    Parameter{"user", Type::String},
};

QString tokensAsText(const QJsonArray &tokens) {
    return QString::fromUtf8(QJsonDocument(tokens).toJson(QJsonDocument::Compact));
}

/// A text, the numbers of its tokens, or several of either; none at all is the end of a text.
QStringList promptsOf(const QJsonValue &prompt) {
    const QJsonArray list = prompt.toArray();
    if (prompt.isString())
        return {prompt.toString()};
    if (list.isEmpty())
        return {u"<|endoftext|>"_s};
    if (list.first().isDouble())
        return {tokensAsText(list)};
    QStringList prompts;
    for (const QJsonValue each : list)
        prompts.append(each.isArray() ? tokensAsText(each.toArray()) : each.toString());
    return prompts;
}

ChatRequest requestFor(const QString &prompt, const QJsonObject &body) {
    ChatRequest chat;
    ChatMessage message;
    message.role = u"user"_s;
    message.text = prompt;
    chat.messages.append(message);
    chat.n = std::max(body[u"n"].toInt(1), 1);
    chat.maxTokens = body[u"max_tokens"].toInt(usualTokens);
    for (const QJsonValue word : body[u"stop"].toArray())
        chat.stop.append(word.toString());
    if (body[u"stop"].isString())
        chat.stop = {body[u"stop"].toString()};
    chat.stop.removeAll(QString());
    chat.parameters = body;
    for (const char *shown : {"prompt", "model"})
        chat.parameters.remove(QLatin1StringView(shown));
    return chat;
}

/// The answers to all prompts as one.
ChatCompletion completeAll(const QStringList &prompts, const Call &call,
                           SimulatedResource &resource) {
    ChatCompletion all;
    for (const QString &prompt : prompts) {
        ChatCompletion one = complete(requestFor(prompt, call.body), call, resource);
        if (call.body[u"echo"].toBool()) {
            for (ChatChoice &choice : one.choices)
                choice.pieces.prepend(prompt);
        }
        all.choices.append(one.choices);
        all.usage.prompt += one.usage.prompt;
        all.usage.completion += one.usage.completion;
        all.model = one.model;
        all.fingerprint = one.fingerprint;
    }
    all.id = u"cmpl-"_s + resource.letters(29);
    all.created = call.seconds();
    return all;
}

QJsonObject choiceJson(const QString &text, qsizetype index, const QJsonValue &reason) {
    return {{u"text"_s, text},
            {u"index"_s, index},
            {u"finish_reason"_s, reason},
            {u"logprobs"_s, QJsonValue()},
            {u"content_filter_results"_s, cleanCompletionResults()}};
}

QJsonObject envelope(const ChatCompletion &completion, const QJsonArray &choices) {
    return {{u"id"_s, completion.id},
            {u"object"_s, u"text_completion"_s},
            {u"created"_s, completion.created},
            {u"model"_s, completion.model},
            {u"choices"_s, choices},
            {u"system_fingerprint"_s, completion.fingerprint}};
}

QJsonObject wholeJson(const ChatCompletion &completion) {
    QJsonArray choices;
    for (const ChatChoice &choice : completion.choices)
        choices.append(
            choiceJson(choice.pieces.join(QString()), choices.size(), choice.finishReason));
    QJsonObject json = envelope(completion, choices);
    json[u"prompt_filter_results"] = promptFilterResults();
    json[u"usage"] = usageJson(completion.usage);
    return json;
}

SimulatedAnswer streamed(const ChatCompletion &completion, const Call &call) {
    std::vector<SimulatedAnswer::Piece> events;
    const auto send = [&](const QJsonObject &chunk, Milliseconds delay) {
        events.push_back(
            {"data: " + QJsonDocument(chunk).toJson(QJsonDocument::Compact) + "\n\n", delay});
    };
    QJsonObject annotations = envelope(completion, {});
    annotations[u"prompt_filter_results"] = promptFilterResults();
    send(annotations, Milliseconds(0));
    for (qsizetype i = 0; i < completion.choices.size(); ++i) {
        const ChatChoice &choice = completion.choices[i];
        for (const QString &piece : choice.pieces)
            send(envelope(completion, {choiceJson(piece, i, {})}), call.tokenInterval);
        send(envelope(completion, {choiceJson({}, i, choice.finishReason)}), Milliseconds(0));
    }
    if (call.body[u"stream_options"][u"include_usage"].toBool()) {
        QJsonObject usage = envelope(completion, {});
        usage[u"usage"] = usageJson(completion.usage);
        send(usage, Milliseconds(0));
    }
    events.push_back({"data: [DONE]\n\n"_ba, {}});
    return eventStream(std::move(events));
}

} // namespace

SimulatedAnswer answerCompletions(const Call &call, SimulatedResource &resource) {
    if (auto refusal = checkParameters(call.body, completionParameters))
        return *refusal;
    const QStringList prompts = promptsOf(call.body[u"prompt"]);
    if (prompts.join(u' ').contains(promptTrigger, Qt::CaseInsensitive))
        return promptFiltered();
    const ChatCompletion completion = completeAll(prompts, call, resource);
    const int tokens = completion.usage.prompt + completion.usage.completion;
    if (tokens > call.deployment->model.contextTokens)
        return modelError(
            400,
            u"This model's maximum context length is %1 tokens, however you requested "
            "%2 tokens. Please reduce your prompt; or completion length."_s
                .arg(call.deployment->model.contextTokens)
                .arg(tokens),
            {}, u"context_length_exceeded"_s);
    SimulatedAnswer answer = call.body[u"stream"].toBool() ? streamed(completion, call)
                                                           : jsonAnswer(wholeJson(completion));
    answer.tokens = tokens;
    return answer;
}

} // namespace quaygate::simulator
