#include "gateway/pipeline/translated_exchange.h"

#include "gateway/pipeline/error_answer.h"

namespace quaygate {

namespace {

/// Far more than any model writes in one answer.
constexpr qsizetype longestAnswer = 64 * 1024 * 1024;

HttpRequest translatedRequest(const HttpRequest &request, QByteArray body) {
    HttpRequest translated = request;
    translated.body = std::move(body);
    return translated;
}

} // namespace

QByteArray requestId(const HeaderList &headers) {
    return headers.value("apim-request-id")
        .value_or(headers.value("x-request-id").value_or(QByteArray()));
}

TranslatedExchange::TranslatedExchange(ExchangePtr client, QByteArray body,
                                       AnswerTranslation translation)
    : Exchange(translatedRequest(client->request(), std::move(body)))
    , m_client(std::move(client))
    , m_translation(std::move(translation)) {
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

TranslatedExchange::~TranslatedExchange() {
    m_client->onClosed = nullptr;
    m_client->onPause = nullptr;
    m_client->onResume = nullptr;
}

void TranslatedExchange::begin(int status, const HeaderList &headers) {
    m_status = status;
    m_headers = headers;
    const QByteArrayView type = headers.find("Content-Type").value_or(QByteArrayView());
    if (status != 200 || !type.startsWith("text/event-stream"))
        return;
    m_stream = m_translation.stream();
    m_client->begin(status, answerHeaders(headers, "text/event-stream; charset=utf-8"));
}

void TranslatedExchange::write(QByteArrayView bytes) {
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

void TranslatedExchange::end() {
    if (m_stream) {
        const QByteArray events = m_stream->end();
        if (!events.isEmpty())
            m_client->write(events);
        return m_client->end();
    }
    if (m_status != 200)
        return respond(m_status, m_headers, m_body);
    const auto whole = m_translation.whole(m_body);
    if (whole)
        return m_client->respond(200, answerHeaders(m_headers, "application/json"), *whole);
    const ErrorAnswer answer = errorAnswer(whole.error());
    respond(answer.status, answer.headers, answer.body);
}

void TranslatedExchange::respond(int status, HeaderList headers, QByteArrayView body) {
    if (status == 200) { // from one that stands on this one
        begin(status, headers);
        write(body);
        return end();
    }
    if (!m_translation.error)
        return m_client->respond(status, std::move(headers), body);
    const QByteArray error = m_translation.error(status, body, requestId(headers));
    m_client->respond(status, answerHeaders(std::move(headers), "application/json"), error);
}

/// What concerns the bytes of the body does not hold for the translated ones.
HeaderList TranslatedExchange::answerHeaders(HeaderList headers, QByteArrayView contentType) const {
    const QByteArray id = requestId(headers);
    headers.remove("Content-Length");
    headers.set("Content-Type", contentType);
    if (!id.isEmpty() && !m_translation.idHeader.isEmpty())
        headers.set(m_translation.idHeader, id);
    return headers;
}

} // namespace quaygate
