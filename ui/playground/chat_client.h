#pragma once

#include "gateway/http/sse_reader.h"
#include "gateway/secrets/secret.h"
#include "ui/playground/answer_reader.h"
#include "ui/playground/chat_target.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QUrl>

class QNetworkReply;
class QNetworkRequest;

namespace quaygate {

struct AnswerProblem;

/// Asks one question at a time over HTTP and reads the answer as it streams in. Lives on the GUI
/// thread and never waits. `finished` comes exactly once for every `send`.
class ChatClient : public QObject {
    Q_OBJECT

public:
    explicit ChatClient(QObject *parent = nullptr);
    ~ChatClient() override;

    /// What the gateway is shown with each question, where it asks for keys.
    void setClientKey(const Secret &key) { m_clientKey = key; }

    /// Stops what is still running, then asks.
    void send(const ChatTarget &target, const QList<ChatMessage> &messages,
              const ChatParameters &parameters);

    /// Closes the connection at once; what arrived is kept. Harmless if nothing runs.
    void stop();

    bool isBusy() const { return m_busy; }

signals:
    void firstToken(qint64 milliseconds);
    void delta(const QString &text);
    void finished(const quaygate::Answer &answer);

private:
    void post(bool askForUsage);
    void onHeaders();
    void onReadyRead();
    void onReplyFinished();
    void readEvents();
    void takeEvent(const QByteArray &data);
    void keepBody(const QByteArray &bytes);
    void concludeStatus(QNetworkReply *reply);
    void concludeStream();
    void conclude(Answer::End end, const AnswerProblem &problem);
    void leaveReply();

    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    Secret m_clientKey;
    ChatTarget m_target;
    QList<ChatMessage> m_messages;
    ChatParameters m_parameters;
    QElapsedTimer m_clock;
    SseReader m_sse;
    QList<QByteArray> m_events;
    AnswerReader m_answer;
    QByteArray m_body;
    std::optional<qint64> m_firstTokenMs;
    int m_status = 0;
    int m_question = 0; ///< counts, so that what belongs to an earlier question is dropped
    bool m_isEventStream = false;
    bool m_askedForUsage = false;
    bool m_busy = false;
};

} // namespace quaygate
