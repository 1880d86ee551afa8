#include "gateway/simulator/responses.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/content_filter.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/response_output.h"
#include "gateway/simulator/response_stream.h"
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

/// A response as it begins and as it ends.
struct Making {
    QJsonObject begun;
    QJsonObject ended;
    QList<OutputItem> items;
};

StoredResponse storedOf(const Making &made, const ResponsesRequest &request, const Call &call,
                        const std::vector<SimulatedAnswer::Piece> &events) {
    StoredResponse stored;
    stored.id = made.begun[u"id"].toString();
    stored.begun = made.begun;
    stored.ended = made.ended;
    stored.input = request.input;
    stored.conversation = request.conversation;
    qsizetype tokens = 0;
    for (const OutputItem &item : made.items) {
        stored.conversation.append(item.whole);
        tokens += item.pieces.size();
    }
    stored.background = request.background;
    if (request.background) {
        stored.ready = call.now + call.tokenInterval * tokens;
        stored.events = events;
    }
    return stored;
}

} // namespace

SimulatedAnswer createResponse(const Call &call, SimulatedResource &resource) {
    const Model &model = call.deployment->model;
    const auto reading = readResponsesRequest(call, resource);
    if (const auto *const refusal = std::get_if<SimulatedAnswer>(&reading))
        return *refusal;
    const ResponsesRequest &request = std::get<ResponsesRequest>(reading);
    if (promptIsFiltered(request.chat))
        return responsePromptFiltered();
    if (promptTokens(request.chat) > model.contextTokens)
        return modelError(400,
                          u"Your input exceeds the context window of this model. Please adjust "
                          "your input and try again."_s,
                          u"input"_s, u"context_length_exceeded"_s);

    const ChatCompletion completion = complete(request.chat, call, resource);
    Making made;
    made.begun = begunResponse(u"resp_"_s + resource.letters(48), request, call);
    made.items = outputItems(completion, request, resource);
    made.ended = endedResponse(made.begun, completion, made.items, call.seconds());

    std::vector<SimulatedAnswer::Piece> events;
    if (request.chat.stream)
        events = ResponseStream({request.chat.obfuscate, call.tokenInterval}, resource.random())
                     .events(made.begun, made.ended, made.items);
    if (request.store)
        resource.responses().add(storedOf(made, request, call, events));

    const QJsonObject &shown = request.background ? made.begun : made.ended;
    SimulatedAnswer answer =
        request.chat.stream ? eventStream(std::move(events)) : jsonAnswer(shown);
    answer.errorEvent = responseErrorEvent;
    answer.headers.append("x-ms-served-model"_ba, model.snapshot.toUtf8());
    answer.tokens =
        completion.usage.prompt +
        std::min(request.chat.maxTokens.value_or(completion.usage.completion), 10'000'000);
    return answer;
}

} // namespace quaygate::simulator
