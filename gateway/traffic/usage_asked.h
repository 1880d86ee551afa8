#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

#include <optional>

/// A stream of chat completions tells what it cost only if it is asked to. These ask in the
/// client's place and take out of the answer what the client did not ask for. Any thread.
namespace quaygate {

/// Whether a backend of that api version knows `stream_options`: the v1 family (empty, "v1",
/// "preview") and those dated 2024-09-01 or later.
bool knowsUsageInStreams(QStringView apiVersion);

/// The body of a request for chat completions with `stream_options.include_usage` set, everything
/// else to the byte; nothing if there is no need (no stream, or it asks itself) or no way (no JSON
/// object, or `stream_options` is something else: the upstream will say so).
std::optional<QByteArray> withUsageAsked(const QByteArray &body);

/// Takes the event with the usage out of a stream of chat completions: the one whose `choices` are
/// empty and whose `usage` is an object. All other events keep every byte, so the `"usage":null`
/// that they carry where usage was asked for stays; clients read it as absent. For answers to a
/// request that `withUsageAsked` changed, whose Content-Type is text/event-stream. Holds back no
/// more than the begun event, and that only up to 16 KB: a longer one is not the one with the
/// usage.
class UsageEventFilter {
public:
    /// What the client gets for these bytes.
    QByteArray feed(QByteArrayView bytes);
    /// What was held back when the stream ended.
    QByteArray end();

private:
    void endEvent();

    QByteArray m_out;
    QByteArray m_event; ///< the bytes of the begun event
    bool m_lineIsEmpty = true;
    bool m_lastWasCr = false;
    bool m_dropped = false; ///< the last event was
    bool m_passing = false; ///< the begun event is too long to be held
};

} // namespace quaygate
