#include "gateway/rules/json_text_filter.h"

#include "gateway/json/escape.h"
#include "gateway/json/json_text.h"
#include "gateway/rules/cut_string.h"

#include <algorithm>
#include <utility>

namespace quaygate {

namespace {

/// Deeper than anybody nests; below it names are read as texts.
constexpr qsizetype deepest = 512;
/// What is longer is no number, and goes on as it comes.
constexpr qsizetype longestBare = TextMatcher::longestHeld;

bool isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isStructure(char c) {
    return isSpace(c) || c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

/// The place of the first byte for which `ends` holds, or the size.
template<typename Ends>
qsizetype find(QByteArrayView bytes, Ends ends) {
    return std::find_if(bytes.begin(), bytes.end(), ends) - bytes.begin();
}

/// The place of the quote that ends a string, or the size. `inside` is cut anywhere.
qsizetype stringEnd(QByteArrayView inside) {
    qsizetype at = 0;
    while (at < inside.size() && inside[at] != '"')
        at += inside[at] == '\\' ? 2 : 1;
    return std::min(at, inside.size());
}

/// What the inside of a string means; where it is none that JSON allows, as it stands.
QByteArray meaningOf(QByteArrayView inside) {
    const bool plain = !inside.contains('\\');
    if (plain || !json::parse('"' + inside.toByteArray() + '"').ok)
        return inside.toByteArray();
    return json::unescape(inside);
}

} // namespace

JsonTextFilter::JsonTextFilter(const GuardSteps &steps, GuardTally &tally)
    : m_steps(steps), m_tally(tally), m_filter(steps, tally) {
}

void JsonTextFilter::feed(QByteArrayView piece, QByteArray &out) {
    while (!piece.isEmpty() && !m_tally.rejected()) {
        switch (m_in) {
        case In::Structure:
            structure(piece.front());
            if (m_in != In::Bare)
                piece = piece.sliced(1);
            break;
        case In::Name: {
            const char c = piece.front();
            m_out += c;
            piece = piece.sliced(1);
            if (c == '"' && !m_escaped)
                m_in = In::Structure;
            m_escaped = c == '\\' && !m_escaped;
            break;
        }
        case In::Text:
            text(piece);
            break;
        case In::Bare:
            bare(piece);
            break;
        }
    }
    if (!m_tally.rejected())
        out.append(m_out);
    m_out.resize(0);
}

void JsonTextFilter::finish(QByteArray &out) {
    if (m_in == In::Text)
        endText();
    else if (m_in == In::Bare)
        endBare();
    m_in = In::Structure;
    m_open.clear();
    m_nameIsNext = false;
    m_escaped = false;
    if (!m_tally.rejected())
        out.append(m_out);
    m_out.resize(0);
}

void JsonTextFilter::structure(char c) {
    if (c != '"' && !isStructure(c)) {
        m_in = In::Bare;
        return;
    }
    m_out += c;
    switch (c) {
    case '"':
        m_in = m_nameIsNext ? In::Name : In::Text;
        break;
    case '{':
    case '[':
        if (m_open.size() < deepest)
            m_open += c;
        m_nameIsNext = c == '{' && m_open.size() < deepest;
        break;
    case '}':
    case ']':
        m_open.chop(1);
        m_nameIsNext = false;
        break;
    case ',':
        m_nameIsNext = m_open.endsWith('{') && m_open.size() < deepest;
        break;
    case ':':
        m_nameIsNext = false;
        break;
    default:
        break;
    }
}

/// Takes from the front of `rest` what belongs to the open text.
void JsonTextFilter::text(QByteArrayView &rest) {
    const QByteArray joined = std::exchange(m_begun, {}) + rest.toByteArray();
    const qsizetype end = stringEnd(joined);
    const bool complete = end < joined.size();
    const QByteArrayView inside = QByteArrayView(joined).first(end);
    const QByteArrayView whole = complete ? inside : inside.first(wholeEscapes(inside));
    const QByteArray meant = meaningOf(whole);
    const bool wasHolding = m_filter.holds();
    QByteArray decided;
    m_filter.feed(meant, decided);
    if (complete)
        m_filter.finish(decided);
    if (!wasHolding && decided == meant)
        m_out.append(whole); // with the escapes as they were
    else
        m_out.append(json::escape(decided));
    if (complete) {
        m_out += '"';
        m_in = In::Structure;
        rest = rest.last(joined.size() - end - 1);
    } else {
        m_begun = inside.sliced(whole.size()).toByteArray();
        rest = {};
    }
}

void JsonTextFilter::endText() {
    QByteArray rest;
    m_filter.finish(rest);
    m_out.append(json::escape(rest));
    m_out.append(std::exchange(m_begun, {}));
}

/// Takes from the front of `rest` what belongs to a number or a word.
void JsonTextFilter::bare(QByteArrayView &rest) {
    const qsizetype end = find(rest, [](char c) { return c == '"' || isStructure(c); });
    m_begun.append(rest.first(end));
    const bool complete = end < rest.size();
    rest = rest.sliced(end);
    if (complete || m_begun.size() > longestBare)
        endBare();
}

void JsonTextFilter::endBare() {
    const QByteArray bytes = std::exchange(m_begun, {});
    const QByteArray decided = filtered(m_steps, m_tally, bytes);
    if (decided == bytes)
        m_out.append(bytes);
    else
        m_out.append('"' + json::escape(decided) + '"');
    m_in = In::Structure;
}

QByteArray filteredJson(const GuardSteps &steps, GuardTally &tally, QByteArrayView text) {
    JsonTextFilter filter(steps, tally);
    QByteArray out;
    filter.feed(text, out);
    filter.finish(out);
    return tally.rejected() ? QByteArray() : out;
}

} // namespace quaygate
