#include "gateway/simulator/chat.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/chat_completion.h"
#include "gateway/simulator/chat_json.h"
#include "gateway/simulator/chat_stream.h"
#include "gateway/simulator/content_filter.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/sse_event.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

bool promptIsFiltered(const ChatRequest &request) {
    return std::any_of(request.messages.begin(), request.messages.end(),
                       [](const ChatMessage &message) {
                           return message.text.contains(promptTrigger, Qt::CaseInsensitive);
                       });
}

std::optional<SimulatedAnswer> checkLength(const ChatRequest &request, const Model &model) {
    const int tokens = promptTokens(request);
    if (tokens <= model.contextTokens)
        return std::nullopt;
    return modelError(400,
                      u"This model's maximum context length is %1 tokens. However, your messages "
                      "resulted in %2 tokens. Please reduce the length of the messages."_s
                          .arg(model.contextTokens)
                          .arg(tokens),
                      u"messages"_s, u"context_length_exceeded"_s);
}

SimulatedAnswer streamed(const ChatRequest &request, const Call &call,
                         const ChatCompletion &completion, bool annotated,
                         SimulatedResource &resource) {
    ChatStream::Style style;
    style.annotated = annotated;
    style.asyncFilter = call.fault && call.fault->name == "async-filter";
    style.includeUsage = request.includeUsage;
    style.obfuscate = request.obfuscate;
    style.interval = call.tokenInterval;
    return eventStream(ChatStream(completion, style, resource.random()).events());
}

} // namespace

SimulatedAnswer answerChat(const Call &call, SimulatedResource &resource) {
    const Model &model = call.deployment->model;
    const auto reading = readChatRequest(call.body, model, call.version);
    if (const auto *const refusal = std::get_if<SimulatedAnswer>(&reading))
        return *refusal;
    const ChatRequest &request = std::get<ChatRequest>(reading);
    if (promptIsFiltered(request))
        return promptFiltered();
    if (auto refusal = checkLength(request, model))
        return *refusal;

    const ChatCompletion completion = complete(request, call, resource);
    // Annotations came with the preview of June 2023.
    const bool annotated = call.version.isSince("2023-06-01");
    SimulatedAnswer answer = request.stream
                                 ? streamed(request, call, completion, annotated, resource)
                                 : jsonAnswer(completionJson(completion, annotated));
    // The service counts at admission: the prompt, and as much as the answer may become.
    answer.tokens = completion.usage.prompt +
                    std::min(request.maxTokens.value_or(completion.usage.completion), 10'000'000);
    return answer;
}

} // namespace quaygate::simulator
