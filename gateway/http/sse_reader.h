#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace quaygate {

/// Cuts a stream of server-sent events (WHATWG HTML, 9.2) into events, whatever the pieces it
/// arrives in. Pure; keeps at most `maxEventBytes` of an event that has not ended, and drops a
/// longer one.
class SseReader {
public:
    struct Event {
        QByteArray type; ///< of the `event:` line; empty if there was none
        QByteArray data; ///< the `data:` lines joined by LF
    };

    explicit SseReader(std::function<void(const Event &)> onEvent,
                       qsizetype maxEventBytes = 16 * 1024 * 1024);

    void feed(QByteArrayView bytes);

    /// True once an event was longer than the limit.
    bool overflowed() const { return m_overflowed; }

private:
    void endLine(QByteArrayView tail);
    void line(QByteArrayView text);
    void dispatch();
    bool fits(qsizetype more);

    std::function<void(const Event &)> m_onEvent;
    qsizetype m_maxEventBytes;
    QByteArray m_rest; ///< the begun line, as far as it has come
    Event m_event;
    bool m_hasData = false;
    bool m_lastWasCr = false;
    bool m_atStart = true;
    bool m_dropping = false;     ///< the event is too long: its lines are passed over until it ends
    bool m_lineHasBytes = false; ///< while dropping: the begun line is not blank
    bool m_overflowed = false;
};

} // namespace quaygate
