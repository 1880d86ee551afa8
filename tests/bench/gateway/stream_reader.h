#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quaygate::bench {

/// Reads one HTTP/1.1 answer of server-sent events as it comes in pieces, and counts the events. It
/// takes off the chunked framing, since an event may lie across two chunks. A value.
class StreamReader {
public:
    enum class State { Head, Size, Data, DataEnd, Trailer, Over, Broken };

    void read(std::string_view bytes);

    State state() const { return m_state; }
    int status() const { return m_status; }
    /// Events with a JSON object; `data: [DONE]` is none.
    long events() const { return m_events; }

private:
    void take(char c);
    void endOfHead();
    void endOfSize();
    void count(std::string_view data);

    State m_state = State::Head;
    std::string m_line;
    std::size_t m_left = 0; ///< of the chunk
    std::size_t m_matched = 0;
    int m_status = 0;
    long m_events = 0;
};

} // namespace quaygate::bench
