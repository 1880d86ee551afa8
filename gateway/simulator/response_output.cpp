#include "gateway/simulator/response_output.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/content_filter.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

const QString thought =
    u"**Considering the request**\n\nThe simulator has no thoughts; this is where "
    "a model's would be summed up."_s;

OutputItem reasoningItem(const ResponsesRequest &request, SimulatedResource &resource) {
    OutputItem item;
    item.whole = {{u"id"_s, u"rs_"_s + resource.letters(48)},
                  {u"type"_s, u"reasoning"_s},
                  {u"summary"_s, QJsonArray()}};
    if (request.summary) {
        item.pieces = tokenPieces(thought);
        item.whole[u"summary"] =
            QJsonArray{QJsonObject{{u"type"_s, u"summary_text"_s}, {u"text"_s, thought}}};
    }
    if (request.encryptedReasoning)
        item.whole[u"encrypted_content"] = QString(u"gAAAAAB"_s + resource.letters(120));
    return item;
}

OutputItem messageItem(const ChatChoice &choice, SimulatedResource &resource) {
    const QJsonObject part{{u"type"_s, u"output_text"_s},
                           {u"text"_s, choice.pieces.join(QString())},
                           {u"annotations"_s, QJsonArray()},
                           {u"logprobs"_s, QJsonArray()}};
    const bool whole = choice.finishReason == u"stop";
    return {{{u"id"_s, u"msg_"_s + resource.letters(48)},
             {u"type"_s, u"message"_s},
             {u"status"_s, whole ? u"completed"_s : u"incomplete"_s},
             {u"role"_s, u"assistant"_s},
             {u"content"_s, QJsonArray{part}}},
            choice.pieces};
}

OutputItem callItem(const ToolCall &call, SimulatedResource &resource) {
    const QString prefix = call.custom ? u"ctc_"_s : u"fc_"_s;
    return {{{u"id"_s, prefix + resource.letters(48)},
             {u"type"_s, call.custom ? u"custom_tool_call"_s : u"function_call"_s},
             {u"status"_s, u"completed"_s},
             {u"call_id"_s, call.id},
             {u"name"_s, call.name},
             {call.custom ? u"input"_s : u"arguments"_s, call.arguments.join(QString())}},
            call.arguments};
}

QJsonObject textSettings(const QJsonObject &given) {
    QJsonObject text = given;
    if (!text[u"format"].isObject())
        text[u"format"] = QJsonObject{{u"type"_s, u"text"_s}};
    if (!text.contains(u"verbosity"))
        text[u"verbosity"] = u"medium"_s;
    return text;
}

QJsonObject reasoningSettings(const ResponsesRequest &request, const QJsonObject &given) {
    return {{u"effort"_s,
             request.chat.effort.isEmpty() ? QJsonValue() : QJsonValue(request.chat.effort)},
            {u"summary"_s, given[u"summary"]}};
}

/// What a response repeats of its request, with what stands there if the request says nothing.
struct Repeated {
    const char *name;
    QJsonValue otherwise;
};

QList<Repeated> repeated() {
    return {{"background", false},
            {"instructions", {}},
            {"max_output_tokens", {}},
            {"max_tool_calls", {}},
            {"metadata", QJsonObject()},
            {"parallel_tool_calls", true},
            {"previous_response_id", {}},
            {"prompt_cache_key", {}},
            {"prompt_cache_retention", {}},
            {"safety_identifier", {}},
            {"service_tier", u"default"_s},
            {"store", true},
            {"temperature", 1.0},
            {"tool_choice", u"auto"_s},
            {"tools", QJsonArray()},
            {"top_logprobs", 0},
            {"top_p", 1.0},
            {"truncation", u"disabled"_s},
            {"user", {}}};
}

QJsonObject usageJson(const TokenUsage &usage) {
    return {{u"input_tokens"_s, usage.prompt},
            {u"input_tokens_details"_s, QJsonObject{{u"cached_tokens"_s, 0}}},
            {u"output_tokens"_s, usage.completion},
            {u"output_tokens_details"_s, QJsonObject{{u"reasoning_tokens"_s, usage.reasoning}}},
            {u"total_tokens"_s, usage.prompt + usage.completion}};
}

QJsonObject filterJson(const QString &source, bool blocked, const QJsonObject &results,
                       qsizetype length) {
    return {
        {u"blocked"_s, blocked},
        {u"source_type"_s, source},
        {u"content_filter_raw"_s, QJsonArray()},
        {u"content_filter_results"_s, results},
        {u"content_filter_offsets"_s,
         QJsonObject{{u"start_offset"_s, 0}, {u"end_offset"_s, length}, {u"check_offset"_s, 0}}}};
}

QJsonArray contentFilters(const ChatChoice &choice) {
    const bool blocked = choice.finishReason == u"content_filter";
    const qsizetype length = choice.pieces.join(QString()).size();
    return {filterJson(u"prompt"_s, false, cleanPromptResults(), 0),
            filterJson(u"completion"_s, blocked,
                       blocked ? filteredCompletionResults() : cleanCompletionResults(), length)};
}

/// Why it is incomplete; empty if it is not.
QString incompleteReason(const QString &finishReason) {
    if (finishReason == u"length")
        return u"max_output_tokens"_s;
    return finishReason == u"content_filter" ? u"content_filter"_s : QString();
}

} // namespace

QList<OutputItem> outputItems(const ChatCompletion &completion, const ResponsesRequest &request,
                              SimulatedResource &resource) {
    QList<OutputItem> items;
    const ChatChoice &choice = completion.choices.first();
    if (completion.usage.reasoning > 0)
        items.append(reasoningItem(request, resource));
    for (const ToolCall &call : choice.toolCalls)
        items.append(callItem(call, resource));
    if (choice.toolCalls.isEmpty() && !choice.pieces.isEmpty())
        items.append(messageItem(choice, resource));
    return items;
}

QJsonObject begunResponse(const QString &id, const ResponsesRequest &request, const Call &call) {
    QJsonObject object{
        {u"id"_s, id},
        {u"object"_s, u"response"_s},
        {u"created_at"_s, call.seconds()},
        {u"completed_at"_s, QJsonValue()},
        {u"content_filters"_s, QJsonValue()},
        {u"status"_s, request.background ? u"queued"_s : u"in_progress"_s},
        {u"error"_s, QJsonValue()},
        {u"incomplete_details"_s, QJsonValue()},
        // The name that was asked for; a header has the snapshot that served.
        {u"model"_s, call.deploymentName},
        {u"output"_s, QJsonArray()},
        {u"reasoning"_s, reasoningSettings(request, call.body[u"reasoning"].toObject())},
        {u"text"_s, textSettings(call.body[u"text"].toObject())},
        {u"usage"_s, QJsonValue()}};
    for (const Repeated &each : repeated()) {
        const QString name = QLatin1StringView(each.name);
        const QJsonValue given = call.body[name];
        object[name] = given.isUndefined() || given.isNull() ? each.otherwise : given;
    }
    if (object[u"service_tier"] == u"auto"_s)
        object[u"service_tier"] = u"default"_s;
    return object;
}

QJsonObject endedResponse(QJsonObject begun, const ChatCompletion &completion,
                          const QList<OutputItem> &items, qint64 now) {
    const ChatChoice &choice = completion.choices.first();
    const QString reason = incompleteReason(choice.finishReason);
    QJsonArray output;
    for (const OutputItem &item : items)
        output.append(item.whole);
    begun[u"output"] = output;
    begun[u"usage"] = usageJson(completion.usage);
    begun[u"content_filters"] = contentFilters(choice);
    begun[u"status"] = reason.isEmpty() ? u"completed"_s : u"incomplete"_s;
    if (reason.isEmpty())
        begun[u"completed_at"] = now;
    else
        begun[u"incomplete_details"] = QJsonObject{{u"reason"_s, reason}};
    return begun;
}

SimulatedAnswer responsePromptFiltered() {
    SimulatedAnswer answer = promptFiltered();
    QJsonObject error = QJsonDocument::fromJson(answer.body()).object()[u"error"].toObject();
    const QJsonObject results = error[u"innererror"][u"content_filter_result"].toObject();
    error.remove(u"innererror"_s);
    error.remove(u"status"_s);
    error[u"type"] = u"invalid_request_error"_s;
    error[u"content_filters"] = QJsonArray{filterJson(u"prompt"_s, true, results, 0)};
    answer.pieces = {
        {QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact), {}}};
    return answer;
}

} // namespace quaygate::simulator
