#include "gateway/rules/stream_text.h"

#include "gateway/json/escape.h"
#include "gateway/rules/cut_string.h"

#include <utility>

namespace quaygate {

StreamText::StreamText(const TextPiece &first, const GuardSteps &steps, GuardTally &tally)
    : m_key(first.key), m_plain(steps, tally) {
    if (first.isJson)
        m_json.emplace(steps, tally);
}

bool StreamText::passes(QByteArrayView inside, QByteArray &out) {
    if (m_cut.isEmpty() && !inside.contains('\\'))
        return passesPlain(inside, out);
    const QByteArray joined = std::exchange(m_cut, {}) + inside.toByteArray();
    const QByteArrayView whole = QByteArrayView(joined).first(wholeEscapes(joined));
    m_cut = joined.sliced(whole.size());
    const QByteArray meant = json::unescape(whole);
    QByteArray decided;
    const bool same =
        m_json ? (m_json->feed(meant, decided), decided == meant) : m_plain.passes(meant, decided);
    if (same && whole == inside)
        return true;
    out.append(same ? whole.toByteArray() : json::escape(decided));
    return false;
}

/// A piece without escapes means what stands there.
bool StreamText::passesPlain(QByteArrayView piece, QByteArray &out) {
    QByteArray decided;
    if (m_json) {
        m_json->feed(piece, decided);
        if (decided == piece)
            return true;
    } else if (m_plain.passes(piece, decided)) {
        return true;
    }
    out.append(json::escape(decided));
    return false;
}

void StreamText::finish(QByteArray &out) {
    QByteArray decided;
    if (m_json)
        m_json->finish(decided);
    else
        m_plain.finish(decided);
    out.append(json::escape(decided));
    out.append(std::exchange(m_cut, {}));
}

} // namespace quaygate
