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

/// Whether names and places matter where the text stands.
bool AnswerScan::tracked() const {
    if (m_depth == 0)
        return true;
    if (m_depth > trackedDepth || m_usageDepth > 0)
        return false;
    return m_open[size_t(m_depth - 1)].place != Place::Nowhere;
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
    do {
        at = findStructural(at, end);
        if (at == end)
            return end;
        const char c = *at;
        if (c == '"') {
            m_inText = true;
            m_text = Text::Skipped;
            at = toEndOfText(at + 1, end);
            continue;
        }
        if (c == '{' || c == '[')
            openUntracked(c == '{');
        else
            close(at);
        ++at;
    } while (at != end && !m_inText && !tracked());
    return at;
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
        const auto *quote = static_cast<const char *>(std::memchr(at, '"', size_t(end - at)));
        const bool escaped = backslashesBefore(begin, quote ? quote : end) % 2 == 1;
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
}

void AnswerScan::openUntracked(bool object) {
    if (m_depth < trackedDepth)
        m_open[size_t(m_depth)] = {Place::Nowhere, object};
    ++m_depth;
}

void AnswerScan::close(const char *at) {
    if (m_depth == 0)
        return;
    --m_depth;
    m_keyNext = false;
    m_member = Place::Nowhere;
    if (m_depth < m_usageDepth)
        endUsage(at + 1);
}

void AnswerScan::beginUsage(const char *at, Place place) {
    m_usageDepth = m_depth;
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
