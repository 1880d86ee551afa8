#pragma once

#include "gateway/dialects/chat_stream.h"
#include "gateway/dialects/response_shape.h"

namespace quaygate::dialects {

/// A stream of chat completion chunks as the events of the Responses API: response.created,
/// in_progress, one output item after the other, and one of completed, incomplete and failed, with
/// sequence numbers from 0. What was sent is kept for the last event, up to 32 MiB.
class ResponsesStream : public ChatStream {
public:
    explicit ResponsesStream(ResponseContext context) : m_context(std::move(context)) {}

private:
    void begin(const Head &head) override;
    void openPart(const Part &part) override;
    void addToPart(QByteArrayView inside) override;
    void closePart() override;
    void complete(const Ending &ending) override;
    void sendError(const UpstreamError &error) override;

    /// The members that an event of the open part begins with.
    ObjectText ofPart() const;
    void sendEvent(const QByteArray &type, const ObjectText &members);
    void sendItem(const QByteArray &type, const QByteArray &item);
    void sendResponse(const QByteArray &type, const ResponseEnding &ending,
                      const ChatUsage &usage = {});
    QByteArray itemId() const;
    /// The open item as it is at its begin (`in_progress`, empty) or at its end.
    QByteArray item(QByteArrayView status) const;
    QByteArray partText() const;

    ResponseContext m_context;
    ResponseHead m_head;
    qint64 m_sequence = 0;
    Part m_part;
    QByteArray m_inside;    ///< of the open part, still escaped
    QByteArrayList m_items; ///< those that are complete
    qsizetype m_kept = 0;   ///< bytes of all items
};

} // namespace quaygate::dialects
