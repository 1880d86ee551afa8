#pragma once

#include "gateway/simulator/chat_completion.h"
#include "gateway/simulator/operation.h"

#include <QJsonArray>

namespace quaygate::simulator {

/// One Realtime session: what the server says to what the client says. Knows no socket. The v1
/// family has the events of the released API, the dated one those of its preview.
class RealtimeSession {
public:
    /// Events to be sent, one a piece.
    using Events = std::vector<SimulatedAnswer::Piece>;

    struct Reaction {
        Events events;
        bool drops = false; ///< what has not been sent yet of the present response
    };

    /// The resource has to outlive the session.
    RealtimeSession(const Call &call, SimulatedResource &resource);

    /// What comes first.
    Events begin();
    /// `speaking`: a response is being sent.
    Reaction hear(const QByteArray &text, bool speaking, Instant now);

private:
    struct Handler;
    struct Names;

    void update(const QJsonObject &event);
    void createItem(const QJsonObject &event);
    void deleteItem(const QJsonObject &event);
    void appendAudio(const QJsonObject &event);
    void commitAudio(const QJsonObject &event);
    void clearAudio(const QJsonObject &event);
    void respond(const QJsonObject &event);
    void cancel(const QJsonObject &event);

    void addItem(QJsonObject item);
    ChatRequest chatRequest(const QJsonObject &settings) const;
    void sayMessage(const ChatChoice &choice, bool aloud);
    void sayCall(const ToolCall &call);
    void openItem(const QJsonObject &item);
    void closeItem(const QJsonObject &item);
    QJsonObject responseJson(const QString &status) const;

    void send(const QString &type, QJsonObject event, Milliseconds delay = Milliseconds(0));
    /// Of a part of an item of the present response.
    void ofItem(const QString &type, const QJsonObject &item, QJsonObject event,
                Milliseconds delay = Milliseconds(0));
    void complain(const QString &code, const QString &message, const QString &param = {});
    QString newId(const QString &prefix);

    Call m_call; ///< without its request
    SimulatedResource &m_resource;
    const Names &m_names;
    QJsonObject m_session;
    QJsonArray m_items;
    qsizetype m_audioBytes = 0; ///< of the buffer that has not been committed

    // Of the event that is being answered.
    Events m_events;
    QString m_eventId;
    bool m_speaking = false;
    bool m_drops = false;

    // Of the present response.
    QString m_responseId;
    QJsonArray m_output;
    QJsonObject m_usage;
};

} // namespace quaygate::simulator
