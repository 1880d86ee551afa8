#include "gateway/simulator/response_stream.h"

#include "gateway/simulator/sse_event.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

ResponseStream::ResponseStream(Style style, QRandomGenerator &random)
    : m_style(style), m_random(random) {
}

std::vector<SimulatedAnswer::Piece> ResponseStream::events(const QJsonObject &begun,
                                                           const QJsonObject &ended,
                                                           const QList<OutputItem> &items) {
    m_events.clear();
    m_itemIndex = 0;
    QJsonObject working = begun;
    working[u"status"] = u"in_progress"_s;
    response(u"response.created"_s, begun);
    if (begun[u"status"] == u"queued"_s)
        response(u"response.queued"_s, begun);
    response(u"response.in_progress"_s, working);
    for (const OutputItem &each : items) {
        item(each);
        ++m_itemIndex;
    }
    response(u"response."_s + ended[u"status"].toString(), ended);
    return std::move(m_events);
}

void ResponseStream::item(const OutputItem &item) {
    m_itemId = item.whole[u"id"].toString();
    const QString type = item.whole[u"type"].toString();
    if (type == u"message")
        message(item);
    else if (type == u"reasoning")
        reasoning(item);
    else
        call(item);
    outputItem(u"response.output_item.done"_s, item.whole);
}

void ResponseStream::message(const OutputItem &item) {
    QJsonObject begun = item.whole;
    begun[u"status"] = u"in_progress"_s;
    begun[u"content"] = QJsonArray();
    outputItem(u"response.output_item.added"_s, begun);

    const QJsonObject part = item.whole[u"content"][0].toObject();
    QJsonObject empty = part;
    empty[u"text"] = u""_s;
    const QJsonObject index{{u"content_index"_s, 0}};
    const auto with = [&](const QString &name, const QJsonValue &value) {
        QJsonObject members = index;
        members[name] = value;
        return members;
    };
    ofItem(u"response.content_part.added"_s, with(u"part"_s, empty));
    deltas(u"response.output_text.delta"_s, item, with(u"logprobs"_s, QJsonArray()));
    QJsonObject done = with(u"text"_s, part[u"text"]);
    done[u"logprobs"] = QJsonArray();
    ofItem(u"response.output_text.done"_s, done);
    ofItem(u"response.content_part.done"_s, with(u"part"_s, part));
}

void ResponseStream::reasoning(const OutputItem &item) {
    QJsonObject begun = item.whole;
    begun[u"summary"] = QJsonArray();
    outputItem(u"response.output_item.added"_s, begun);
    if (item.pieces.isEmpty())
        return;
    const QJsonObject part = item.whole[u"summary"][0].toObject();
    QJsonObject empty = part;
    empty[u"text"] = u""_s;
    ofItem(u"response.reasoning_summary_part.added"_s,
           {{u"summary_index"_s, 0}, {u"part"_s, empty}});
    deltas(u"response.reasoning_summary_text.delta"_s, item, {{u"summary_index"_s, 0}});
    ofItem(u"response.reasoning_summary_text.done"_s,
           {{u"summary_index"_s, 0}, {u"text"_s, part[u"text"]}});
    ofItem(u"response.reasoning_summary_part.done"_s, {{u"summary_index"_s, 0}, {u"part"_s, part}});
}

void ResponseStream::call(const OutputItem &item) {
    const bool custom = item.whole[u"type"] == u"custom_tool_call"_s;
    const QString field = custom ? u"input"_s : u"arguments"_s;
    const QString type =
        custom ? u"response.custom_tool_call_input"_s : u"response.function_call_arguments"_s;
    QJsonObject begun = item.whole;
    begun[u"status"] = u"in_progress"_s;
    begun[field] = u""_s;
    outputItem(u"response.output_item.added"_s, begun);
    deltas(type + u".delta"_s, item, {});
    ofItem(type + u".done"_s, {{field, item.whole[field]}});
}

void ResponseStream::response(const QString &type, const QJsonObject &object) {
    send(type, {{u"response"_s, object}});
}

void ResponseStream::outputItem(const QString &type, const QJsonObject &item) {
    send(type, {{u"output_index"_s, m_itemIndex}, {u"item"_s, item}});
}

void ResponseStream::ofItem(const QString &type, QJsonObject members) {
    members[u"item_id"] = m_itemId;
    members[u"output_index"] = m_itemIndex;
    send(type, std::move(members));
}

void ResponseStream::deltas(const QString &type, const OutputItem &item,
                            const QJsonObject &members) {
    for (const QString &piece : item.pieces) {
        QJsonObject event = members;
        event[u"item_id"] = m_itemId;
        event[u"output_index"] = m_itemIndex;
        event[u"delta"] = piece;
        if (m_style.obfuscate)
            event[u"obfuscation"] =
                QString::number(m_random.generate64(), 36).left(1 + m_random.bounded(12));
        send(type, event, m_style.interval);
    }
}

void ResponseStream::send(const QString &type, QJsonObject members, Milliseconds delay) {
    members[u"type"] = type;
    members[u"sequence_number"] = static_cast<qint64>(m_events.size());
    m_events.push_back({namedEvent(type, members), delay});
}

QByteArray responseErrorEvent(std::size_t number) {
    return namedEvent(
        u"error"_s,
        {{u"type"_s, u"error"_s},
         {u"sequence_number"_s, static_cast<qint64>(number)},
         {u"code"_s, u"server_error"_s},
         {u"message"_s,
          u"The server had an error while processing your request. Sorry about that!"_s},
         {u"param"_s, QJsonValue()}});
}

} // namespace quaygate::simulator
