#pragma once

#include "gateway/dialects/stream_translator.h"
#include "gateway/http/exchange.h"
#include "gateway/result.h"

#include <functional>
#include <memory>

namespace quaygate {

/// How the answer of an upstream becomes one that the client understands.
struct AnswerTranslation {
    /// Of an answer of 200 that is no stream.
    std::function<Result<QByteArray>(const QByteArray &body)> whole;
    /// Makes one for an answer of 200 that is a stream of events.
    std::function<std::unique_ptr<dialects::StreamTranslator>()> stream;
    /// Of an error, whoever made it; null: errors need none.
    std::function<QByteArray(int status, QByteArrayView body, const QByteArray &requestId)> error =
        nullptr;
    /// The header in which the client looks for Azure's id of the request; empty: none.
    QByteArray idHeader = {};
};

/// Azure's id of the request, by which its support finds it; empty: the answer has none.
QByteArray requestId(const HeaderList &headers);

/// The exchange of a client that speaks one API, as one of another API: whoever answers it reads
/// the translated request and writes that other API's answer, and the client gets answers, events
/// and errors in the shapes that it knows. Lives on its worker's thread. One may stand on another.
class TranslatedExchange final : public Exchange {
public:
    /// `body` is the client's request, translated.
    TranslatedExchange(ExchangePtr client, QByteArray body, AnswerTranslation translation);
    ~TranslatedExchange() override;

    void begin(int status, const HeaderList &headers) override;
    void write(QByteArrayView bytes) override;
    void end() override;
    void abort() override { m_client->abort(); }
    void respond(int status, HeaderList headers, QByteArrayView body) override;

    void upgrade(QByteArrayView protocol, const HeaderList &headers) override {
        m_client->upgrade(protocol, headers);
    }
    void setReading(bool reading) override { m_client->setReading(reading); }

    /// A whole answer is held back until it can be translated, so a failure can still be told.
    bool hasBegun() const override { return m_client->hasBegun(); }
    bool isClosed() const override { return m_client->isClosed(); }

private:
    HeaderList answerHeaders(HeaderList headers, QByteArrayView contentType) const;

    ExchangePtr m_client;
    AnswerTranslation m_translation;
    std::unique_ptr<dialects::StreamTranslator> m_stream; ///< while the answer is one
    int m_status = 0;
    HeaderList m_headers;
    QByteArray m_body; ///< of a whole answer, as far as it has come
};

} // namespace quaygate
