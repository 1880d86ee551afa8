#include "gateway/simulator/realtime_session.h"

#include "gateway/simulator/responses_input.h"
#include "gateway/simulator/sound.h"
#include "gateway/simulator/tool_calls.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr qsizetype mostItems = 500;
constexpr qsizetype mostAudio = qsizetype(15) * 1024 * 1024;

} // namespace

/// How the two versions of the API call things.
struct RealtimeSession::Names {
    QStringList itemAdded; ///< the events that tell of a new item
    QString modalities;
    QString textPart;
    QString audioPart;
    QString text; ///< how the events of a text, a sound and its transcript begin
    QString audio;
    QString transcript;

    static const Names &of(Family family) {
        static const Names preview{{u"conversation.item.created"_s},
                                   u"modalities"_s,
                                   u"text"_s,
                                   u"audio"_s,
                                   u"response.text"_s,
                                   u"response.audio"_s,
                                   u"response.audio_transcript"_s};
        static const Names current{{u"conversation.item.added"_s, u"conversation.item.done"_s},
                                   u"output_modalities"_s,
                                   u"output_text"_s,
                                   u"output_audio"_s,
                                   u"response.output_text"_s,
                                   u"response.output_audio"_s,
                                   u"response.output_audio_transcript"_s};
        return family == Family::V1 ? current : preview;
    }
};

struct RealtimeSession::Handler {
    const char *type;
    void (RealtimeSession::*handle)(const QJsonObject &);

    static constexpr auto table() {
        return std::array{
            Handler{"session.update", &RealtimeSession::update},
            Handler{"conversation.item.create", &RealtimeSession::createItem},
            Handler{"conversation.item.delete", &RealtimeSession::deleteItem},
            Handler{"input_audio_buffer.append", &RealtimeSession::appendAudio},
            Handler{"input_audio_buffer.commit", &RealtimeSession::commitAudio},
            Handler{"input_audio_buffer.clear", &RealtimeSession::clearAudio},
            Handler{"response.create", &RealtimeSession::respond},
            Handler{"response.cancel", &RealtimeSession::cancel},
        };
    }
};

RealtimeSession::RealtimeSession(const Call &call, SimulatedResource &resource)
    : m_call(call), m_resource(resource), m_names(Names::of(call.family)) {
    m_call.request = nullptr;
    m_session = {{u"id"_s, newId(u"sess_"_s)},
                 {u"object"_s, u"realtime.session"_s},
                 {u"type"_s, u"realtime"_s},
                 {u"model"_s, call.deployment->model.name},
                 {m_names.modalities, QJsonArray{u"audio"_s}},
                 {u"instructions"_s, u""_s},
                 {u"tools"_s, QJsonArray()},
                 {u"tool_choice"_s, u"auto"_s}};
}

RealtimeSession::Events RealtimeSession::begin() {
    m_events.clear();
    send(u"session.created"_s, {{u"session"_s, m_session}});
    return std::move(m_events);
}

RealtimeSession::Reaction RealtimeSession::hear(const QByteArray &text, bool speaking,
                                                Instant now) {
    static constexpr auto handlers = Handler::table();
    m_events.clear();
    m_call.now = now;
    m_speaking = speaking;
    m_drops = false;
    const QJsonDocument document = QJsonDocument::fromJson(text);
    const QJsonObject event = document.object();
    m_eventId = event[u"event_id"].toString();
    const QString type = event[u"type"].toString();
    const auto found = std::find_if(handlers.begin(), handlers.end(), [&](const Handler &each) {
        return type == QLatin1StringView(each.type);
    });
    if (!document.isObject())
        complain(u"invalid_json"_s, u"The event is no valid JSON object."_s);
    else if (type.isEmpty())
        complain(u"missing_required_parameter"_s, u"Missing required parameter: 'type'."_s,
                 u"type"_s);
    else if (found == handlers.end())
        complain(u"invalid_value"_s, u"Invalid value: '%1'."_s.arg(type), u"type"_s);
    else
        (this->*found->handle)(event);
    return {std::move(m_events), m_drops};
}

void RealtimeSession::update(const QJsonObject &event) {
    if (!event[u"session"].isObject())
        return complain(u"missing_required_parameter"_s,
                        u"Missing required parameter: 'session'."_s, u"session"_s);
    const QJsonObject changes = event[u"session"].toObject();
    for (auto each = changes.begin(); each != changes.end(); ++each) {
        if (each.key() != u"id" && each.key() != u"object" && each.key() != u"model")
            m_session[each.key()] = each.value();
    }
    send(u"session.updated"_s, {{u"session"_s, m_session}});
}

void RealtimeSession::createItem(const QJsonObject &event) {
    const QJsonObject item = event[u"item"].toObject();
    if (item[u"type"].toString().isEmpty())
        return complain(u"missing_required_parameter"_s,
                        u"Missing required parameter: 'item.type'."_s, u"item.type"_s);
    if (m_items.size() == mostItems)
        return complain(u"conversation_too_long"_s,
                        u"The simulator keeps at most %1 items; delete some."_s.arg(mostItems));
    addItem(item);
}

void RealtimeSession::addItem(QJsonObject item) {
    if (item[u"id"].toString().isEmpty())
        item[u"id"] = newId(u"item_"_s);
    item[u"object"] = u"realtime.item"_s;
    item[u"status"] = u"completed"_s;
    const QJsonValue previous = m_items.isEmpty() ? QJsonValue() : m_items.last()[u"id"];
    m_items.append(item);
    for (const QString &type : m_names.itemAdded)
        send(type, {{u"previous_item_id"_s, previous}, {u"item"_s, item}});
}

void RealtimeSession::deleteItem(const QJsonObject &event) {
    const QJsonValue id = event[u"item_id"];
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (m_items[i][u"id"] == id) {
            m_items.removeAt(i);
            return send(u"conversation.item.deleted"_s, {{u"item_id"_s, id}});
        }
    }
    complain(u"item_delete_invalid_item_id"_s,
             u"Error deleting item: the item with id '%1' does not exist."_s.arg(id.toString()),
             u"item_id"_s);
}

void RealtimeSession::appendAudio(const QJsonObject &event) {
    const auto audio = QByteArray::fromBase64Encoding(event[u"audio"].toString().toLatin1(),
                                                      QByteArray::AbortOnBase64DecodingErrors);
    if (!audio || audio.decoded.isEmpty())
        return complain(u"invalid_value"_s, u"Invalid 'audio': expected base64."_s, u"audio"_s);
    if (m_audioBytes + audio.decoded.size() > mostAudio)
        return complain(u"input_audio_buffer_full"_s, u"The audio buffer is full."_s, u"audio"_s);
    m_audioBytes += audio.decoded.size();
}

void RealtimeSession::commitAudio(const QJsonObject &) {
    if (m_audioBytes == 0)
        return complain(u"input_audio_buffer_commit_empty"_s,
                        u"Error committing input audio buffer: the buffer is empty."_s);
    const QString id = newId(u"item_"_s);
    send(u"input_audio_buffer.committed"_s,
         {{u"previous_item_id"_s, m_items.isEmpty() ? QJsonValue() : m_items.last()[u"id"]},
          {u"item_id"_s, id}});
    const QString heard = u"(%1 bytes of audio)"_s.arg(m_audioBytes);
    m_audioBytes = 0;
    addItem({{u"id"_s, id},
             {u"type"_s, u"message"_s},
             {u"role"_s, u"user"_s},
             {u"content"_s,
              QJsonArray{QJsonObject{{u"type"_s, u"input_audio"_s}, {u"transcript"_s, heard}}}}});
}

void RealtimeSession::clearAudio(const QJsonObject &) {
    m_audioBytes = 0;
    send(u"input_audio_buffer.cleared"_s, {});
}

ChatRequest RealtimeSession::chatRequest(const QJsonObject &settings) const {
    ChatRequest chat;
    chat.messages = messagesOfItems(m_items);
    if (const QString text = settings[u"instructions"].toString(); !text.isEmpty()) {
        ChatMessage message;
        message.role = u"system"_s;
        message.text = text;
        chat.messages.prepend(message);
    }
    if (chat.messages.isEmpty())
        chat.messages.append(ChatMessage{});
    for (const QJsonValue tool : settings[u"tools"].toArray())
        chat.tools.append({tool[u"name"].toString(), tool[u"parameters"].toObject(), false});
    if (settings[u"tool_choice"] == u"none"_s)
        chat.toolChoice = ChatRequest::ToolChoice::None;
    return chat;
}

void RealtimeSession::respond(const QJsonObject &event) {
    if (m_speaking)
        return complain(u"conversation_already_has_active_response"_s,
                        u"Conversation already has an active response in progress: %1. Wait until "
                        "the response is finished before creating a new one."_s.arg(m_responseId));
    QJsonObject settings = m_session;
    const QJsonObject wishes = event[u"response"].toObject();
    for (auto each = wishes.begin(); each != wishes.end(); ++each)
        settings[each.key()] = each.value();

    m_responseId = newId(u"resp_"_s);
    m_output = {};
    m_usage = {};
    const ChatCompletion completion = complete(chatRequest(settings), m_call, m_resource);
    const ChatChoice &choice = completion.choices.first();
    send(u"response.created"_s, {{u"response"_s, responseJson(u"in_progress"_s)}});
    for (const ToolCall &call : choice.toolCalls)
        sayCall(call);
    if (choice.toolCalls.isEmpty())
        sayMessage(choice, settings[m_names.modalities].toArray().contains(u"audio"_s));
    const int input = completion.usage.prompt;
    const int output = completion.usage.completion;
    m_usage = {{u"total_tokens"_s, input + output},
               {u"input_tokens"_s, input},
               {u"output_tokens"_s, output}};
    send(u"response.done"_s, {{u"response"_s, responseJson(u"completed"_s)}});
}

void RealtimeSession::sayMessage(const ChatChoice &choice, bool aloud) {
    const QString field = aloud ? u"transcript"_s : u"text"_s;
    const QString part = aloud ? m_names.audioPart : m_names.textPart;
    const QString words = aloud ? m_names.transcript : m_names.text;
    const QString text = choice.pieces.join(QString());
    QJsonObject item{{u"id"_s, newId(u"item_"_s)}, {u"object"_s, u"realtime.item"_s},
                     {u"type"_s, u"message"_s},    {u"status"_s, u"in_progress"_s},
                     {u"role"_s, u"assistant"_s},  {u"content"_s, QJsonArray()}};
    openItem(item);
    const QJsonObject index{{u"content_index"_s, 0}};
    const auto with = [&](const QString &name, const QJsonValue &value) {
        QJsonObject event = index;
        event[name] = value;
        return event;
    };
    const QJsonObject whole{{u"type"_s, part}, {field, text}};
    ofItem(u"response.content_part.added"_s, item,
           with(u"part"_s, QJsonObject{{u"type"_s, part}, {field, u""_s}}));
    for (const QString &piece : choice.pieces) {
        ofItem(words + u".delta"_s, item, with(u"delta"_s, piece), m_call.tokenInterval);
        if (aloud)
            ofItem(m_names.audio + u".delta"_s, item,
                   with(u"delta"_s, QString::fromLatin1(pcmTone(piece, 1).toBase64())));
    }
    if (aloud)
        ofItem(m_names.audio + u".done"_s, item, index);
    ofItem(words + u".done"_s, item, with(field, text));
    ofItem(u"response.content_part.done"_s, item, with(u"part"_s, whole));
    item[u"content"] = QJsonArray{whole};
    closeItem(item);
}

void RealtimeSession::sayCall(const ToolCall &call) {
    QJsonObject item{{u"id"_s, newId(u"item_"_s)},    {u"object"_s, u"realtime.item"_s},
                     {u"type"_s, u"function_call"_s}, {u"status"_s, u"in_progress"_s},
                     {u"call_id"_s, call.id},         {u"name"_s, call.name},
                     {u"arguments"_s, u""_s}};
    const QJsonObject of{{u"call_id"_s, call.id}};
    openItem(item);
    for (const QString &piece : call.arguments) {
        QJsonObject event = of;
        event[u"delta"] = piece;
        ofItem(u"response.function_call_arguments.delta"_s, item, event, m_call.tokenInterval);
    }
    item[u"arguments"] = call.arguments.join(QString());
    QJsonObject done = of;
    done[u"arguments"] = item[u"arguments"];
    done[u"name"] = call.name;
    ofItem(u"response.function_call_arguments.done"_s, item, done);
    closeItem(item);
}

void RealtimeSession::openItem(const QJsonObject &item) {
    send(u"response.output_item.added"_s, {{u"response_id"_s, m_responseId},
                                           {u"output_index"_s, m_output.size()},
                                           {u"item"_s, item}});
    const QJsonValue previous = m_items.isEmpty() ? QJsonValue() : m_items.last()[u"id"];
    send(m_names.itemAdded.first(), {{u"previous_item_id"_s, previous}, {u"item"_s, item}});
}

void RealtimeSession::closeItem(const QJsonObject &item) {
    QJsonObject whole = item;
    whole[u"status"] = u"completed"_s;
    send(u"response.output_item.done"_s, {{u"response_id"_s, m_responseId},
                                          {u"output_index"_s, m_output.size()},
                                          {u"item"_s, whole}});
    m_output.append(whole);
    m_items.append(whole);
    if (m_items.size() > mostItems)
        m_items.removeFirst();
}

void RealtimeSession::cancel(const QJsonObject &) {
    if (!m_speaking)
        return complain(u"response_cancel_not_active"_s,
                        u"Cancellation failed: no active response found."_s);
    m_drops = true;
    m_output = {};
    send(u"response.done"_s, {{u"response"_s, responseJson(u"cancelled"_s)}});
}

QJsonObject RealtimeSession::responseJson(const QString &status) const {
    return {{u"object"_s, u"realtime.response"_s},
            {u"id"_s, m_responseId},
            {u"status"_s, status},
            {u"status_details"_s, QJsonValue()},
            {u"output"_s, m_output},
            {u"usage"_s, m_usage.isEmpty() ? QJsonValue() : QJsonValue(m_usage)}};
}

void RealtimeSession::ofItem(const QString &type, const QJsonObject &item, QJsonObject event,
                             Milliseconds delay) {
    event[u"response_id"] = m_responseId;
    event[u"item_id"] = item[u"id"];
    event[u"output_index"] = m_output.size();
    send(type, std::move(event), delay);
}

void RealtimeSession::send(const QString &type, QJsonObject event, Milliseconds delay) {
    event[u"type"] = type;
    event[u"event_id"] = newId(u"event_"_s);
    m_events.push_back({QJsonDocument(event).toJson(QJsonDocument::Compact), delay});
}

void RealtimeSession::complain(const QString &code, const QString &message, const QString &param) {
    const QJsonObject error{
        {u"type"_s, u"invalid_request_error"_s},
        {u"code"_s, code},
        {u"message"_s, message},
        {u"param"_s, param.isEmpty() ? QJsonValue() : QJsonValue(param)},
        {u"event_id"_s, m_eventId.isEmpty() ? QJsonValue() : QJsonValue(m_eventId)}};
    send(u"error"_s, {{u"error"_s, error}});
}

QString RealtimeSession::newId(const QString &prefix) {
    return prefix + m_resource.letters(21);
}

} // namespace quaygate::simulator
