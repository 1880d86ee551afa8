#pragma once

#include "gateway/dialects/messages_stream.h"
#include "gateway/dialects/messages_to_chat.h"
#include "gateway/http/exchange.h"

#include <memory>

namespace quaygate {

/// The exchange of a client that speaks Anthropic's Messages API, as one of the chat completions
/// API: whoever answers it reads and writes chat completions, and the client gets messages, events
/// and errors in the shapes that it knows. Lives on its worker's thread.
class MessagesExchange final : public Exchange {
public:
    /// `asChat` is the client's request, translated.
    MessagesExchange(ExchangePtr client, dialects::MessagesAsChat asChat);
    ~MessagesExchange() override;

    void begin(int status, const HeaderList &headers) override;
    void write(QByteArrayView bytes) override;
    void end() override;
    void abort() override { m_client->abort(); }
    void respond(int status, HeaderList headers, QByteArrayView body) override;

    /// A whole answer is held back until it can be translated, so a failure can still be told.
    bool hasBegun() const override { return m_client->hasBegun(); }
    bool isClosed() const override { return m_client->isClosed(); }

private:
    void answerWhole();

    ExchangePtr m_client;
    dialects::MessagesContext m_context;
    bool m_wantsStream;
    std::unique_ptr<dialects::MessagesStream> m_stream; ///< while the answer is one
    int m_status = 0;
    HeaderList m_headers;
    QByteArray m_body; ///< of a whole answer, as far as it has come
};

/// An error of our own in Anthropic's shape.
void answerInMessages(Exchange &client, const Error &error);

} // namespace quaygate
