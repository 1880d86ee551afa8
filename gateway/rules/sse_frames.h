#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace quaygate {

/// Cuts a stream of server-sent events into its events as they stand there, to the byte: put
/// together, what is handed on is what came. Keeps the bytes of the event that has not ended, at
/// most `longest` of them.
class SseFrames {
public:
    static constexpr qsizetype longest = qsizetype(64) * 1024 * 1024;

    /// Calls `take` with each event that ends, the empty line included. The LF of a CR LF that is
    /// cut comes by itself.
    void feed(QByteArrayView bytes, const std::function<void(QByteArrayView frame)> &take);
    /// What has come of an event that did not end.
    QByteArray takeRest();
    /// True once an event was longer than the limit; nothing more is handed on.
    bool overflowed() const { return m_overflowed; }

private:
    QByteArray m_rest;
    bool m_lineHasBytes = false;
    bool m_lastWasCr = false;
    bool m_overflowed = false;
};

/// The data of an event, and where it stands.
struct SseData {
    QByteArray joined; ///< of several lines; else empty
    QByteArrayView text;
    qsizetype begin = 0; ///< of the first line's, in the frame
    int lines = 0;

    /// The frame with other data; what was in several lines comes in one.
    QByteArray withText(QByteArrayView frame, const QByteArray &other) const;
};

/// `text` points into the frame or into `joined`, so that the value must not be copied. `isFirst`:
/// of the stream, where a byte order mark may stand.
void readData(QByteArrayView frame, bool isFirst, SseData &data);

} // namespace quaygate
