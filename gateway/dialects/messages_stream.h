#pragma once

#include "gateway/dialects/chat_stream.h"
#include "gateway/dialects/messages_shape.h"

namespace quaygate::dialects {

/// A stream of chat completion chunks as the events of Anthropic's Messages API, in its order:
/// message_start, ping, one content block after the other, message_delta with the reason and the
/// usage, message_stop; or an error event, after which nothing follows.
class MessagesStream : public ChatStream {
public:
    explicit MessagesStream(MessagesContext context) : m_context(std::move(context)) {}

    QByteArray heartbeat() const override;

private:
    void begin(const Head &head) override;
    void openPart(const Part &part) override;
    void addToPart(QByteArrayView inside) override;
    void closePart() override;
    void complete(const Ending &ending) override;
    void sendError(const UpstreamError &error) override;

    MessagesContext m_context;
    int m_index = 0; ///< of the open block, or the next one
    PartKind m_kind = PartKind::Text;
    bool m_refused = false;
};

} // namespace quaygate::dialects
