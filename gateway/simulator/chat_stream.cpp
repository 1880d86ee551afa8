#include "gateway/simulator/chat_stream.h"

#include "gateway/simulator/chat_json.h"
#include "gateway/simulator/content_filter.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int piecesOfAnAnnotation = 8;
constexpr Milliseconds noDelay{0};

} // namespace

ChatStream::ChatStream(const ChatCompletion &completion, Style style, QRandomGenerator &random)
    : m_completion(completion), m_style(style), m_random(random) {
}

std::vector<SimulatedAnswer::Piece> ChatStream::events() {
    m_events.clear();
    if (m_style.annotated)
        promptAnnotations();
    for (int i = 0; i < m_completion.choices.size(); ++i) {
        const ChatChoice &choice = m_completion.choices[i];
        role(i);
        text(i, choice);
        toolCalls(i, choice);
        finish(i, choice);
    }
    if (m_style.includeUsage)
        usage();
    m_events.push_back({"data: [DONE]\n\n"_ba, noDelay});
    return std::move(m_events);
}

void ChatStream::promptAnnotations() {
    send({{u"choices"_s, QJsonArray()},
          {u"created"_s, 0},
          {u"id"_s, u""_s},
          {u"model"_s, u""_s},
          {u"object"_s, u""_s},
          {u"prompt_filter_results"_s, promptFilterResults()}},
         noDelay);
}

void ChatStream::role(int index) {
    const bool tools = !m_completion.choices[index].toolCalls.isEmpty();
    choice(index,
           {{u"role"_s, u"assistant"_s},
            {u"content"_s, tools ? QJsonValue() : QJsonValue(u""_s)},
            {u"refusal"_s, QJsonValue()}},
           {}, QJsonObject(), noDelay);
}

void ChatStream::text(int index, const ChatChoice &choice) {
    const QJsonValue results =
        m_style.asyncFilter ? QJsonValue(QJsonValue::Undefined) : QJsonValue(filterResults());
    qsizetype position = 0;
    qsizetype annotated = 0;
    for (qsizetype i = 0; i < choice.pieces.size(); ++i) {
        this->choice(index, {{u"content"_s, choice.pieces[i]}}, {}, results, m_style.interval);
        position += choice.pieces[i].size();
        if (m_style.asyncFilter && (i + 1) % piecesOfAnAnnotation == 0) {
            annotation(index, annotated, position, false);
            annotated = position;
        }
    }
}

void ChatStream::toolCalls(int index, const ChatChoice &choice) {
    for (int i = 0; i < choice.toolCalls.size(); ++i) {
        const ToolCall &call = choice.toolCalls[i];
        const QString kind = call.custom ? u"custom"_s : u"function"_s;
        const QString field = call.custom ? u"input"_s : u"arguments"_s;
        const auto fragment = [&](QJsonObject fields, const QJsonObject &body) {
            fields[u"index"] = i;
            fields[kind] = body;
            this->choice(index, {{u"tool_calls"_s, QJsonArray{fields}}}, {}, QJsonObject(),
                         m_style.interval);
        };
        // Id and name come once; whoever reads has to keep them by index.
        fragment({{u"id"_s, call.id}, {u"type"_s, kind}}, {{u"name"_s, call.name}, {field, u""_s}});
        for (const QString &piece : call.arguments)
            fragment({}, {{field, piece}});
    }
}

void ChatStream::finish(int index, const ChatChoice &choice) {
    const bool filtered = choice.finishReason == u"content_filter";
    const QJsonObject results =
        filtered && !m_style.asyncFilter ? filteredCompletionResults() : QJsonObject();
    if (m_style.asyncFilter) {
        const qsizetype length = choice.pieces.join(QString()).size();
        if (filtered)
            return annotation(index, 0, length, true);
        this->choice(index, {}, choice.finishReason, results, noDelay);
        return annotation(index, 0, length, false);
    }
    this->choice(index, {}, choice.finishReason, results, noDelay);
}

void ChatStream::annotation(int index, qsizetype from, qsizetype to, bool filtered) {
    const QJsonObject offsets{
        {u"check_offset"_s, from}, {u"start_offset"_s, from}, {u"end_offset"_s, to}};
    const QJsonObject choice{
        {u"index"_s, index},
        {u"finish_reason"_s, filtered ? QJsonValue(u"content_filter"_s) : QJsonValue()},
        {u"content_filter_results"_s,
         filtered ? filteredCompletionResults() : cleanCompletionResults()},
        {u"content_filter_offsets"_s, offsets}};
    send({{u"choices"_s, QJsonArray{choice}},
          {u"created"_s, 0},
          {u"id"_s, u""_s},
          {u"model"_s, u""_s},
          {u"object"_s, u""_s}},
         noDelay);
}

void ChatStream::usage() {
    QJsonObject chunk = envelope();
    chunk[u"choices"] = QJsonArray();
    chunk[u"usage"] = usageJson(m_completion.usage);
    send(chunk, noDelay);
}

QJsonObject ChatStream::envelope() {
    QJsonObject chunk{{u"id"_s, m_completion.id},
                      {u"object"_s, u"chat.completion.chunk"_s},
                      {u"created"_s, m_completion.created},
                      {u"model"_s, m_completion.model},
                      {u"system_fingerprint"_s, m_completion.fingerprint}};
    if (m_style.includeUsage)
        chunk[u"usage"] = QJsonValue();
    if (m_style.obfuscate) {
        const quint64 padding = m_random.generate64();
        const int length = 1 + m_random.bounded(12);
        chunk[u"obfuscation"] = QString::number(padding, 36).left(length);
    }
    return chunk;
}

QJsonObject ChatStream::filterResults() const {
    return m_style.annotated ? cleanCompletionResults() : QJsonObject();
}

void ChatStream::choice(int index, const QJsonObject &delta, const QJsonValue &finishReason,
                        const QJsonValue &filterResults, Milliseconds delay) {
    QJsonObject choice{{u"index"_s, index},
                       {u"delta"_s, delta},
                       {u"finish_reason"_s, finishReason},
                       {u"logprobs"_s, QJsonValue()}};
    if (!filterResults.isUndefined())
        choice[u"content_filter_results"] = filterResults;
    QJsonObject chunk = envelope();
    chunk[u"choices"] = QJsonArray{choice};
    send(chunk, delay);
}

void ChatStream::send(const QJsonObject &chunk, Milliseconds delay) {
    m_events.push_back(
        {"data: " + QJsonDocument(chunk).toJson(QJsonDocument::Compact) + "\n\n", delay});
}

} // namespace quaygate::simulator
