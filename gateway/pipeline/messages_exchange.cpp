#include "gateway/pipeline/messages_exchange.h"

#include "gateway/dialects/chat_to_messages.h"
#include "gateway/dialects/messages_error.h"
#include "gateway/pipeline/error_answer.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Far more than any model writes in one answer.
constexpr qsizetype longestAnswer = 64 * 1024 * 1024;

HttpRequest chatRequest(const HttpRequest &request, QByteArray body) {
    HttpRequest chat = request;
    chat.body = std::move(body);
    return chat;
}

/// Azure's id of the request, by which its support finds it.
QByteArray requestId(const HeaderList &headers) {
    return headers.value("apim-request-id")
        .value_or(headers.value("x-request-id").value_or(QByteArray()));
}

/// What concerns the bytes of the body does not hold for the translated ones.
HeaderList answerHeaders(HeaderList headers, QByteArrayView contentType) {
    const QByteArray id = requestId(headers);
    headers.remove("Content-Length");
    headers.set("Content-Type", contentType);
    if (!id.isEmpty())
        headers.set("request-id", id);
    return headers;
}

} // namespace

MessagesExchange::MessagesExchange(ExchangePtr client, dialects::MessagesAsChat asChat)
    : Exchange(chatRequest(client->request(), std::move(asChat.body)))
    , m_client(std::move(client))
    , m_context(std::move(asChat.context))
    , m_wantsStream(asChat.stream) {
    m_context.fallbackId = "msg_" + QUuid::createUuid().toByteArray(QUuid::Id128);
    m_client->request().body.clear();
    // Copies, because what is called may destroy this object.
    m_client->onClosed = [this] {
        if (const auto call = onClosed)
            call();
    };
    m_client->onPause = [this] {
        if (const auto call = onPause)
            call();
    };
    m_client->onResume = [this] {
        if (const auto call = onResume)
            call();
    };
}

MessagesExchange::~MessagesExchange() {
    m_client->onClosed = nullptr;
    m_client->onPause = nullptr;
    m_client->onResume = nullptr;
}

void MessagesExchange::begin(int status, const HeaderList &headers) {
    m_status = status;
    m_headers = headers;
    const QByteArrayView type = headers.find("Content-Type").value_or(QByteArrayView());
    if (status != 200 || !m_wantsStream || !type.startsWith("text/event-stream"))
        return;
    m_stream = std::make_unique<dialects::MessagesStream>(m_context);
    m_client->begin(status, answerHeaders(headers, "text/event-stream; charset=utf-8"));
}

void MessagesExchange::write(QByteArrayView bytes) {
    if (m_stream) {
        const QByteArray events = m_stream->feed(bytes);
        if (!events.isEmpty())
            m_client->write(events);
        return;
    }
    if (m_body.size() + bytes.size() > longestAnswer)
        return m_client->abort();
    m_body.append(bytes);
}

void MessagesExchange::end() {
    if (!m_stream)
        return answerWhole();
    const QByteArray events = m_stream->end();
    if (!events.isEmpty())
        m_client->write(events);
    m_client->end();
}

void MessagesExchange::answerWhole() {
    if (m_status != 200)
        return respond(m_status, m_headers, m_body);
    const auto message = dialects::chatToMessage(m_body, m_context);
    if (!message)
        return answerInMessages(*m_client, message.error());
    m_client->respond(200, answerHeaders(m_headers, "application/json"), *message);
}

void MessagesExchange::respond(int status, HeaderList headers, QByteArrayView body) {
    const QByteArray error = dialects::upstreamErrorAsMessages(status, body, requestId(headers));
    m_client->respond(status, answerHeaders(std::move(headers), "application/json"), error);
}

void answerInMessages(Exchange &client, const Error &error) {
    const ErrorAnswer answer = errorAnswer(error);
    client.respond(answer.status, answer.headers,
                   dialects::messagesError(dialects::messagesErrorType(answer.status),
                                           error.message.toUtf8()));
}

} // namespace quaygate
