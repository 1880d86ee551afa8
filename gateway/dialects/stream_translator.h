#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// Turns the stream that an upstream sends into the one that the client understands, piece by piece
/// and whatever the pieces are. What it keeps is bounded. Each belongs to one exchange and its
/// thread.
class StreamTranslator {
public:
    StreamTranslator() = default;
    virtual ~StreamTranslator() = default;
    Q_DISABLE_COPY_MOVE(StreamTranslator)

    /// What is to be sent to the client for the bytes that came, often nothing.
    virtual QByteArray feed(QByteArrayView bytes) = 0;
    /// What is to be sent when no more bytes come: the last events, or that the stream broke off.
    virtual QByteArray end() = 0;
    /// An event that says nothing, for long silences; empty if this is no time for one.
    virtual QByteArray heartbeat() const { return {}; }
};

} // namespace quaygate::dialects
