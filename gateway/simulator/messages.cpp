#include "gateway/simulator/messages.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/anthropic_errors.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/chat_completion.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/message_stream.h"
#include "gateway/simulator/messages_request.h"
#include "gateway/simulator/sse_event.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

const QString thought = u"The simulator has no thoughts; this is where a model's would stand."_s;

MessageBlock thinkingBlock(SimulatedResource &resource) {
    return {{{u"type"_s, u"thinking"_s},
             {u"thinking"_s, thought},
             {u"signature"_s, QString(u"Eq"_s + resource.letters(86))}},
            tokenPieces(thought)};
}

MessageBlock toolBlock(const ToolCall &call, SimulatedResource &resource) {
    const QByteArray arguments = call.arguments.join(QString()).toUtf8();
    return {{{u"type"_s, u"tool_use"_s},
             {u"id"_s, QString(u"toolu_01"_s + resource.letters(22))},
             {u"name"_s, call.name},
             {u"input"_s, QJsonDocument::fromJson(arguments).object()}},
            call.arguments};
}

QList<MessageBlock> blocksOf(const ChatChoice &choice, bool thinking, SimulatedResource &resource) {
    QList<MessageBlock> blocks;
    if (thinking)
        blocks.append(thinkingBlock(resource));
    for (const ToolCall &call : choice.toolCalls)
        blocks.append(toolBlock(call, resource));
    if (choice.toolCalls.isEmpty())
        blocks.append(
            {{{u"type"_s, u"text"_s}, {u"text"_s, choice.pieces.join(QString())}}, choice.pieces});
    return blocks;
}

QString stopReason(const ChatChoice &choice) {
    if (choice.finishReason == u"tool_calls")
        return u"tool_use"_s;
    if (choice.finishReason == u"length")
        return u"max_tokens"_s;
    if (choice.finishReason == u"content_filter")
        return u"refusal"_s;
    return choice.stopWord.isEmpty() ? u"end_turn"_s : u"stop_sequence"_s;
}

QJsonObject usageJson(int input, int output) {
    return {{u"input_tokens"_s, input},
            {u"cache_creation_input_tokens"_s, 0},
            {u"cache_read_input_tokens"_s, 0},
            {u"output_tokens"_s, output},
            {u"service_tier"_s, u"standard"_s}};
}

QJsonObject messageJson(const QList<MessageBlock> &blocks, const ChatCompletion &completion,
                        SimulatedResource &resource) {
    const ChatChoice &choice = completion.choices.first();
    const QString reason = stopReason(choice);
    const bool stopped = reason == u"stop_sequence";
    QJsonArray content;
    for (const MessageBlock &block : blocks)
        content.append(block.whole);
    return {{u"id"_s, QString(u"msg_01"_s + resource.letters(22))},
            {u"type"_s, u"message"_s},
            {u"role"_s, u"assistant"_s},
            {u"model"_s, completion.model},
            {u"content"_s, content},
            {u"stop_reason"_s, reason},
            {u"stop_sequence"_s, stopped ? QJsonValue(choice.stopWord) : QJsonValue()},
            {u"usage"_s, usageJson(completion.usage.prompt, completion.usage.completion)}};
}

std::optional<SimulatedAnswer> checkLength(const ChatRequest &chat, const Model &model) {
    const int tokens = promptTokens(chat);
    if (tokens <= model.contextTokens)
        return std::nullopt;
    return modelError(
        400, u"prompt is too long: %1 tokens > %2 maximum"_s.arg(tokens).arg(model.contextTokens),
        {}, {});
}

} // namespace

SimulatedAnswer answerMessage(const Call &call, SimulatedResource &resource) {
    const auto reading = readMessagesRequest(call, false);
    if (const auto *const refusal = std::get_if<SimulatedAnswer>(&reading))
        return *refusal;
    const MessagesRequest &request = std::get<MessagesRequest>(reading);
    if (auto refusal = checkLength(request.chat, call.deployment->model))
        return *refusal;

    ChatCompletion completion = complete(request.chat, call, resource);
    if (request.thinking)
        completion.usage.completion += estimateTokens(thought);
    const QList<MessageBlock> blocks =
        blocksOf(completion.choices.first(), request.thinking, resource);
    const QJsonObject message = messageJson(blocks, completion, resource);
    SimulatedAnswer answer = request.chat.stream
                                 ? eventStream(messageEvents(message, blocks, call.tokenInterval))
                                 : jsonAnswer(message);
    answer.errorEvent = anthropicErrorEvent;
    answer.tokens = completion.usage.prompt + completion.usage.completion;
    return answer;
}

SimulatedAnswer countMessageTokens(const Call &call, SimulatedResource &) {
    const auto reading = readMessagesRequest(call, true);
    if (const auto *const refusal = std::get_if<SimulatedAnswer>(&reading))
        return *refusal;
    const ChatRequest &chat = std::get<MessagesRequest>(reading).chat;
    return jsonAnswer({{u"input_tokens"_s, promptTokens(chat)}});
}

} // namespace quaygate::simulator
