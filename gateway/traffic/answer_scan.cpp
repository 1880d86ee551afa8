#include "gateway/traffic/answer_scan.h"

#include "gateway/json/byte_run.h"
#include "gateway/traffic/block_skip.h"

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

/// The first structural byte, or `end`. Mostly it is a few bytes away. Behind them in blocks whose
/// loop a compiler turns into vector instructions: an answer of embeddings is megabytes of digits.
const char *findStructural(const char *at, const char *end) {
    const char *const near = at + std::min<qsizetype>(8, end - at);
    for (; at != near; ++at) {
        if (isStructural(static_cast<unsigned char>(*at)))
            return at;
    }
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

/// The first quote, or null. Names and words of an answer are short, what the model says is long.
const char *findQuote(const char *at, const char *end) {
    for (int word = 0; word < 3 && end - at >= 8; ++word) {
        const int before = json::bytesBeforeQuote(at);
        at += before;
        if (before < 8)
            return at;
    }
    return static_cast<const char *>(std::memchr(at, '"', size_t(end - at)));
}

/// Whether what stands at `at` is escaped: by an odd number of backslashes directly before it.
bool isEscaped(const char *begin, const char *at) {
    const char *from = at;
    while (from != begin && from[-1] == '\\')
        --from;
    return (at - from) % 2 == 1;
}

} // namespace

void AnswerScan::restart() {
    m_depth = 0;
    m_untrackedFrom = nowhere;
    m_member = Place::Nowhere;
    m_keyNext = false;
    m_inText = false;
    m_escape = false;
    m_name.clear();
    m_usageDepth = 0;
    m_usage.clear();
}

void AnswerScan::feed(QByteArrayView bytes) {
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    m_usageFrom = at;
    while (at != end) {
        if (m_inText)
            at = inText(at, end);
        else
            at = tracked() ? outside(at, end) : inUntracked(at, end);
    }
    if (m_usageDepth > 0 && m_usage.size() <= longestUsage)
        m_usage.append(m_usageFrom,
                       std::min<qsizetype>(end - m_usageFrom, longestUsage + 1 - m_usage.size()));
}

Place AnswerScan::placeOfMember(Place parent, QByteArrayView key) const {
    const Place place = memberOf(parent, key);
    if (m_purpose == For::UsageAndTokens)
        return place;
    switch (place) {
    case Place::Choices:
    case Place::Delta:
    case Place::Item:
    case Place::Token:
        return Place::Nowhere;
    default:
        return place;
    }
}

Place AnswerScan::placeOfValue() const {
    if (m_depth == 0)
        return Place::Root;
    if (m_depth > trackedDepth)
        return Place::Nowhere;
    const Container &container = m_open[size_t(m_depth - 1)];
    return container.object ? m_member : elementOf(container.place);
}

/// One byte or a run of them; returns after each string or bracket.
const char *AnswerScan::outside(const char *at, const char *end) {
    for (; at != end; ++at) {
        switch (*at) {
        case '"':
            openText();
            return at + 1;
        case '{':
        case '[':
            open(at);
            return at + 1;
        case '}':
        case ']':
            close(at);
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

/// Up to where names matter again.
const char *AnswerScan::inUntracked(const char *at, const char *end) {
    const char *blocksFrom = at;
    for (;;) {
        if (at >= blocksFrom && end - at >= skippedBlock) {
            const JsonPosition to = skipBlocks({at, m_depth, false}, end, m_untrackedFrom);
            at = to.at;
            m_depth = to.depth;
            blocksFrom = at + skippedBlock;
            if (to.inText)
                at = skipText(at, end);
            if (m_inText)
                return end;
        }
        at = findStructural(at, end);
        if (at == end)
            return end;
        switch (*at) {
        case '"':
            at = skipText(at + 1, end);
            if (m_inText)
                return end;
            continue;
        case '{':
        case '[':
            ++m_depth;
            break;
        default:
            if (m_depth == m_untrackedFrom) {
                close(at);
                return at + 1;
            }
            --m_depth;
            break;
        }
        ++at;
    }
}

/// Behind the closing quote, or `end` and `m_inText`.
const char *AnswerScan::skipText(const char *at, const char *end) {
    m_inText = true;
    m_text = Text::Skipped;
    return toEndOfText(at, end);
}

void AnswerScan::openText() {
    m_inText = true;
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

/// Behind the closing quote, with `m_inText` false, or `end`.
const char *AnswerScan::toEndOfText(const char *at, const char *end) {
    const char *const begin = at;
    while (at != end) {
        const char *const quote = findQuote(at, end);
        const bool escaped = isEscaped(begin, quote ? quote : end);
        if (!quote) {
            m_escape = escaped;
            return end;
        }
        at = quote + 1;
        if (!escaped) {
            m_inText = false;
            return at;
        }
    }
    return end;
}

const char *AnswerScan::inText(const char *at, const char *end) {
    const char *const begin = at;
    if (std::exchange(m_escape, false))
        ++at;
    at = toEndOfText(at, end);
    const QByteArrayView text(begin, at - begin - (m_inText ? 0 : 1));
    if (m_text == Text::Token) {
        m_sawToken = m_sawToken || !text.isEmpty();
    } else if (m_text != Text::Skipped) {
        if (m_inText || !m_name.isEmpty())
            m_name.append(text.first(std::min(text.size(), longestName + 1 - m_name.size())));
        if (!m_inText)
            closeText(m_name.isEmpty() ? text : QByteArrayView(m_name));
    }
    return at;
}

void AnswerScan::closeText(QByteArrayView text) {
    if (text.size() > longestName) // no name of ours, and no model's
        text = {};
    if (m_text == Text::Key)
        m_member = placeOfMember(m_open[size_t(m_depth - 1)].place, text);
    else
        m_model = text.toByteArray();
    m_name.clear();
}

void AnswerScan::open(const char *at) {
    const Place place = placeOfValue();
    const bool object = *at == '{';
    if (m_depth < trackedDepth)
        m_open[size_t(m_depth)] = {place, object};
    ++m_depth;
    m_keyNext = object;
    if (object && (place == Place::Usage || place == Place::BegunUsage))
        beginUsage(at, place);
    else if (place == Place::Nowhere || m_depth > trackedDepth)
        m_untrackedFrom = m_depth;
}

void AnswerScan::close(const char *at) {
    if (m_depth == 0)
        return;
    --m_depth;
    m_untrackedFrom = nowhere;
    m_keyNext = false;
    m_member = Place::Nowhere;
    if (m_depth < m_usageDepth)
        endUsage(at + 1);
}

void AnswerScan::beginUsage(const char *at, Place place) {
    m_untrackedFrom = m_usageDepth = m_depth;
    m_usagePlace = place;
    m_usageFrom = at;
}

void AnswerScan::endUsage(const char *end) {
    m_usageDepth = 0;
    QByteArrayView usage(m_usageFrom, end - m_usageFrom);
    if (!m_usage.isEmpty()) {
        m_usage.append(usage.first(std::min(usage.size(), longestUsage + 1 - m_usage.size())));
        usage = m_usage;
    }
    if (usage.size() <= longestUsage)
        m_counts.take(usage, m_usagePlace == Place::BegunUsage);
    m_usage.clear();
}

} // namespace quaygate::traffic
