#include "gateway/traffic/answer_scan.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace quaygate::traffic {

namespace {

/// One of " { } [ ]; the brackets differ from the braces in one bit.
constexpr bool isStructural(unsigned char c) {
    const unsigned char folded = c | 0x20;
    return int(c == '"') | int(folded == '{') | int(folded == '}');
}

/// The first structural byte, or `end`. In blocks whose loop a compiler turns into vector
/// instructions: an answer of embeddings is megabytes of digits.
const char *findStructural(const char *at, const char *end) {
    constexpr int block = 32;
    while (end - at >= block) {
        unsigned char any = 0;
        for (int i = 0; i < block; ++i)
            any |= static_cast<unsigned char>(isStructural(static_cast<unsigned char>(at[i])));
        if (any)
            break;
        at += block;
    }
    while (at != end && !isStructural(static_cast<unsigned char>(*at)))
        ++at;
    return at;
}

/// How many backslashes stand directly before `at`.
qsizetype backslashesBefore(const char *begin, const char *at) {
    const char *from = at;
    while (from != begin && from[-1] == '\\')
        --from;
    return at - from;
}

} // namespace

void AnswerScan::restart() {
    m_depth = 0;
    m_member = Place::Nowhere;
    m_keyNext = false;
    m_inText = false;
    m_escape = false;
    m_usageDepth = 0;
}

void AnswerScan::feed(QByteArrayView bytes) {
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end) {
        const char *const from = at;
        const bool kept = m_usageDepth > 0;
        if (m_inText)
            at = inText(at, end);
        else
            at = tracked() ? outside(at, end) : inUntracked(at, end);
        if (kept)
            keepUsage(from, at);
    }
}

/// Whether names and places matter where the text stands.
bool AnswerScan::tracked() const {
    return m_depth == 0 ||
           (m_depth <= trackedDepth && m_open[size_t(m_depth - 1)].place != Place::Nowhere);
}

Place AnswerScan::placeOfValue() const {
    if (m_depth == 0)
        return Place::Root;
    if (m_depth > trackedDepth)
        return Place::Nowhere;
    const Container &container = m_open[size_t(m_depth - 1)];
    return container.object ? m_member : elementOf(container.place);
}

/// One byte or a run of them; returns after each string or bracket, so that what is kept of a
/// usage is cut there.
const char *AnswerScan::outside(const char *at, const char *end) {
    for (; at != end; ++at) {
        switch (*at) {
        case '"':
            openText();
            return at + 1;
        case '{':
        case '[':
            open(*at == '{');
            return at + 1;
        case '}':
        case ']':
            close();
            return at + 1;
        case ':':
            m_keyNext = false;
            break;
        case ',':
            m_keyNext = m_depth > 0 && m_open[size_t(m_depth - 1)].object;
            break;
        default:
            break;
        }
    }
    return at;
}

const char *AnswerScan::inUntracked(const char *at, const char *end) {
    at = findStructural(at, end);
    if (at == end)
        return end;
    if (*at == '"') {
        m_inText = true;
        m_text = Text::Skipped;
    } else if (*at == '{' || *at == '[') {
        open(*at == '{');
    } else {
        close();
    }
    return at + 1;
}

void AnswerScan::openText() {
    m_inText = true;
    m_name.clear();
    if (m_keyNext) {
        m_text = Text::Key;
        return;
    }
    switch (placeOfValue()) {
    case Place::Model:
        m_text = m_model.isEmpty() ? Text::Model : Text::Skipped;
        break;
    case Place::Token:
    case Place::Delta:
        m_text = Text::Token;
        break;
    default:
        m_text = Text::Skipped;
        break;
    }
}

const char *AnswerScan::inText(const char *at, const char *end) {
    const char *const begin = at;
    if (std::exchange(m_escape, false))
        ++at;
    bool closed = false;
    while (!closed && at != end) {
        const auto *quote = static_cast<const char *>(std::memchr(at, '"', size_t(end - at)));
        const bool escaped = backslashesBefore(at, quote ? quote : end) % 2 == 1;
        if (!quote) {
            m_escape = escaped;
            at = end;
        } else {
            closed = !escaped;
            at = quote + 1;
        }
    }
    const qsizetype inside = at - begin - (closed ? 1 : 0);
    if (m_text == Text::Token)
        m_sawToken = m_sawToken || inside > 0;
    else if (m_text != Text::Skipped && m_name.size() <= longestName)
        m_name.append(begin, std::min(inside, longestName + 1 - m_name.size()));
    if (closed)
        closeText();
    return at;
}

void AnswerScan::closeText() {
    m_inText = false;
    if (m_name.size() > longestName) // no name of ours, and no model's
        m_name.clear();
    if (m_text == Text::Key)
        m_member = memberOf(m_open[size_t(m_depth - 1)].place, m_name);
    else if (m_text == Text::Model)
        m_model = m_name;
}

void AnswerScan::open(bool object) {
    const Place place = placeOfValue();
    if (m_depth < trackedDepth)
        m_open[size_t(m_depth)] = {place, object};
    ++m_depth;
    m_keyNext = object;
    if (object && m_usageDepth == 0 && (place == Place::Usage || place == Place::BegunUsage)) {
        m_usageDepth = m_depth;
        m_usagePlace = place;
        m_usage = "{";
    }
}

void AnswerScan::close() {
    if (m_depth == 0)
        return;
    --m_depth;
    m_keyNext = false;
    m_member = Place::Nowhere;
}

/// The bytes belong to the usage that is being kept; the last of them may end it.
void AnswerScan::keepUsage(const char *begin, const char *end) {
    if (m_usage.size() <= longestUsage)
        m_usage.append(begin, std::min<qsizetype>(end - begin, longestUsage + 1 - m_usage.size()));
    if (m_depth >= m_usageDepth)
        return;
    m_usageDepth = 0;
    if (m_usage.size() <= longestUsage)
        m_counts.take(m_usage, m_usagePlace == Place::BegunUsage);
}

} // namespace quaygate::traffic
