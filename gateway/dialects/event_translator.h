#pragma once

#include "gateway/dialects/stream_translator.h"
#include "gateway/dialects/upstream_error.h"
#include "gateway/http/sse_reader.h"

namespace quaygate::dialects {

/// The part of a translation of server-sent events that is the same for all: events out of bytes,
/// JSON out of events, and the end that comes too early, too long or as no JSON. After the last
/// event nothing more is sent.
class EventTranslator : public StreamTranslator {
public:
    EventTranslator();

    QByteArray feed(QByteArrayView bytes) final;
    QByteArray end() final;

protected:
    /// An event of the upstream; called no more after `finish`.
    virtual void take(const JsonView &data) = 0;
    /// `[DONE]`.
    virtual void takeDone() = 0;
    /// No more bytes come, and the upstream has not said that it is done.
    virtual void takeEnd() = 0;
    /// Tells the client that the stream cannot go on. `finish` has been called.
    virtual void sendError(const UpstreamError &error) = 0;

    /// Adds an event to what is sent, unless it has failed; without `type` it has a data line only.
    /// `data` is JSON.
    void send(QByteArrayView type, QByteArray data);
    void sendDone();
    void finish() { m_finished = true; }
    void fail(const UpstreamError &error);
    /// Fails for a reason of our own, in a sentence.
    void fail(const char *message);
    bool isFinished() const { return m_finished; }

private:
    void read(const SseReader::Event &event);

    SseReader m_reader;
    QByteArray m_out;
    bool m_finished = false;
    bool m_failed = false; ///< and the client has been told
};

/// The bytes of one event.
QByteArray eventText(QByteArrayView type, QByteArray data);

} // namespace quaygate::dialects
