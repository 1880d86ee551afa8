#include "ui/playground/chat_client.h"

#include "ui/playground/answer_problem.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

constexpr qsizetype maxBody = 16 * 1024 * 1024;
constexpr auto timeToEnd = 2s; ///< for the connection, after `[DONE]`

QNetworkRequest requestFor(const QUrl &url, const Secret &clientKey) {
    QNetworkRequest request(url);
    if (!clientKey.isEmpty())
        request.setRawHeader("api-key"_ba, clientKey.reveal().toByteArray());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Accept"_ba, "text/event-stream, application/json"_ba);
    // Compression would hold events back.
    request.setRawHeader("Accept-Encoding"_ba, "identity"_ba);
    request.setRawHeader("User-Agent"_ba, "Quaygate-Playground/" QUAYGATE_VERSION ""_ba);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return request;
}

} // namespace

ChatClient::ChatClient(QObject *parent)
    : QObject(parent)
    , m_sse([this](const SseReader::Event &event) { m_events.append(event.data); }) {
    // The gateway is on this machine; a proxy would only be in the way.
    m_network.setProxy(QNetworkProxy::NoProxy);
}

ChatClient::~ChatClient() {
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

void ChatClient::send(const ChatTarget &target, const QList<ChatMessage> &messages,
                      const ChatParameters &parameters) {
    stop();
    ++m_question;
    m_busy = true;
    m_target = target;
    m_messages = messages;
    m_parameters = parameters;
    m_clock.start();
    post(true);
}

void ChatClient::post(bool askForUsage) {
    m_sse = SseReader([this](const SseReader::Event &event) { m_events.append(event.data); });
    m_events.clear();
    m_answer = AnswerReader();
    m_body.clear();
    m_firstTokenMs.reset();
    m_status = 0;
    m_isEventStream = false;
    m_askedForUsage = askForUsage;

    m_reply = m_network.post(requestFor(m_target.url, m_clientKey),
                             chatRequestBody(m_messages, m_parameters, askForUsage));
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &ChatClient::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &ChatClient::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &ChatClient::onReplyFinished);
}

void ChatClient::stop() {
    if (!m_busy)
        return;
    QNetworkReply *reply = m_reply;
    leaveReply();
    reply->abort();
    conclude(Answer::End::Stopped, {u"You stopped this answer."_s, {}});
}

/// From here on the reply is nobody's: it ends and goes by itself.
void ChatClient::leaveReply() {
    m_reply->disconnect(this);
    connect(m_reply, &QNetworkReply::finished, m_reply, &QObject::deleteLater);
    if (m_reply->isFinished())
        m_reply->deleteLater();
    m_reply = nullptr;
}

void ChatClient::onHeaders() {
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray type = m_reply->rawHeader("Content-Type"_ba).toLower();
    m_isEventStream = m_status == 200 && type.startsWith("text/event-stream"_ba);
}

void ChatClient::onReadyRead() {
    const QByteArray bytes = m_reply->readAll();
    if (!m_isEventStream) {
        keepBody(bytes);
        return;
    }
    m_sse.feed(bytes);
    readEvents();
}

void ChatClient::keepBody(const QByteArray &bytes) {
    m_body += bytes.first(std::min(bytes.size(), maxBody - m_body.size()));
}

/// Whoever hears of a delta may stop or ask anew; then the rest of these events is nobody's.
void ChatClient::readEvents() {
    const int question = m_question;
    const QList<QByteArray> events = std::exchange(m_events, {});
    for (const QByteArray &event : events) {
        takeEvent(event);
        if (!m_busy || m_question != question)
            return;
        const bool isOver =
            m_answer.isDone() || !m_answer.errorBody().isEmpty() || m_answer.overflowed();
        if (!isOver)
            continue;
        QNetworkReply *reply = m_reply;
        leaveReply();
        // A well-behaved connection ends by itself now and can be used again.
        QTimer::singleShot(m_answer.isDone() ? timeToEnd : 0s, reply, &QNetworkReply::abort);
        concludeStream();
        return;
    }
}

void ChatClient::takeEvent(const QByteArray &data) {
    const QString added = m_answer.take(data);
    if (added.isEmpty())
        return;
    const int question = m_question;
    if (!m_firstTokenMs) {
        m_firstTokenMs = m_clock.elapsed();
        emit firstToken(*m_firstTokenMs);
    }
    if (m_busy && m_question == question)
        emit delta(added);
}

void ChatClient::onReplyFinished() {
    QNetworkReply *reply = m_reply;
    const int question = m_question;
    if (reply->bytesAvailable() > 0)
        onReadyRead();
    if (!m_busy || m_question != question || m_reply != reply)
        return;
    leaveReply();
    if (m_isEventStream)
        concludeStream();
    else
        concludeStatus(reply);
}

void ChatClient::concludeStatus(QNetworkReply *reply) {
    if (m_status == 0) {
        conclude(Answer::End::Failed,
                 problemOfConnection(reply->error(), reply->errorString(), m_target));
    } else if (m_askedForUsage && refusesStreamOptions(m_status, m_body)) {
        post(false);
    } else if (m_status != 200) {
        conclude(Answer::End::Failed, problemOfStatus(m_status, m_body, m_target));
    } else if (!reply->rawHeader("Content-Type"_ba).toLower().contains("json"_ba)) {
        conclude(Answer::End::Failed, problemOfContentType(reply->rawHeader("Content-Type"_ba)));
    } else {
        // Asked to stream and did not: the whole answer is like one large event.
        takeEvent(m_body);
        if (m_busy)
            concludeStream();
    }
}

void ChatClient::concludeStream() {
    const bool hasText = !m_answer.text().isEmpty();
    if (!m_answer.errorBody().isEmpty()) {
        conclude(hasText ? Answer::End::Cut : Answer::End::Failed,
                 problemOfStreamError(m_answer.errorBody(), m_target));
    } else if (m_answer.overflowed() || (!m_answer.isDone() && m_answer.finishReason().isEmpty())) {
        conclude(hasText ? Answer::End::Cut : Answer::End::Failed, problemOfCut(m_answer));
    } else {
        conclude(Answer::End::Complete, {noteOnEnd(m_answer), {}});
    }
}

void ChatClient::conclude(Answer::End end, const AnswerProblem &problem) {
    Answer answer;
    answer.end = end;
    answer.text = m_answer.text();
    answer.status = m_status;
    answer.problem = problem.text;
    answer.detail = problem.detail;
    answer.finishReason = m_answer.finishReason();
    answer.model = m_answer.model();
    answer.usage = m_answer.usage();
    answer.firstTokenMs = m_firstTokenMs;
    answer.totalMs = m_clock.elapsed();
    m_busy = false;
    emit finished(answer);
}

} // namespace quaygate
