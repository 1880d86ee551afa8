#include "tests/bench/gateway/stream_reader.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace quaygate::bench {

namespace {

constexpr std::size_t lineBound = 64 * 1024;
constexpr std::string_view eventStart = "data: {";

} // namespace

void StreamReader::read(std::string_view bytes) {
    while (!bytes.empty() && m_state != State::Over && m_state != State::Broken) {
        if (m_state != State::Data) {
            take(bytes.front());
            bytes.remove_prefix(1);
            continue;
        }
        const std::size_t size = std::min(bytes.size(), m_left);
        count(bytes.substr(0, size));
        bytes.remove_prefix(size);
        m_left -= size;
        if (m_left == 0)
            m_state = State::DataEnd;
    }
}

void StreamReader::take(char c) {
    m_line += c;
    if (m_line.size() > lineBound) {
        m_state = State::Broken;
        return;
    }
    if (m_state == State::Head) {
        if (m_line.ends_with("\r\n\r\n"))
            endOfHead();
        return;
    }
    if (c != '\n')
        return;
    if (m_state == State::Size)
        endOfSize();
    else if (m_state == State::DataEnd)
        m_state = State::Size;
    else
        m_state = m_line == "\r\n" ? State::Over : State::Trailer;
    m_line.clear();
}

void StreamReader::endOfHead() {
    static constexpr std::size_t statusAt = 9; // after "HTTP/1.1 "
    m_status = m_line.size() > statusAt ? std::atoi(m_line.c_str() + statusAt) : 0;
    std::transform(m_line.begin(), m_line.end(), m_line.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    const bool chunked = m_line.find("\r\ntransfer-encoding: chunked\r\n") != std::string::npos;
    m_state = m_status == 200 && chunked ? State::Size : State::Broken;
    m_line.clear();
}

void StreamReader::endOfSize() {
    const auto end = m_line.data() + m_line.size();
    const bool valid = std::from_chars(m_line.data(), end, m_left, 16).ec == std::errc();
    m_state = !valid ? State::Broken : m_left == 0 ? State::Trailer : State::Data;
}

void StreamReader::count(std::string_view data) {
    for (const char c : data) {
        m_matched = c == eventStart[m_matched] ? m_matched + 1 : c == eventStart.front() ? 1 : 0;
        if (m_matched == eventStart.size()) {
            ++m_events;
            m_matched = 0;
        }
    }
}

} // namespace quaygate::bench
