#include "gateway/traffic/usage_reader.h"

#include "gateway/json/json_text.h"
#include "gateway/traffic/usage_text.h"

#include <utility>

namespace quaygate {

namespace {

constexpr QByteArrayView dataField{"data:"};
constexpr QByteArrayView byteOrderMark{"\xEF\xBB\xBF"};

} // namespace

UsageReader::UsageReader(QByteArrayView contentType) {
    QByteArray type = contentType.toByteArray();
    if (const qsizetype parameters = type.indexOf(';'); parameters >= 0)
        type.truncate(parameters);
    type = type.trimmed().toLower();
    if (type == "text/event-stream") {
        m_kind = Kind::Events;
    } else if (type == "application/json" || type.endsWith("+json")) {
        m_kind = Kind::Json;
        m_scan = traffic::AnswerScan(traffic::AnswerScan::For::Usage);
    }
}

void UsageReader::feed(QByteArrayView bytes) {
    if (bytes.isEmpty())
        return;
    if (m_kind == Kind::Json)
        m_scan.feed(bytes);
    else if (m_kind == Kind::Events)
        feedEvents(bytes.data(), bytes.data() + bytes.size());
}

QString UsageReader::modelReturned() const {
    if (!m_scan.model().contains('\\'))
        return QString::fromUtf8(m_scan.model());
    const QByteArray quoted = '"' + m_scan.model() + '"';
    const json::Parsed parsed = json::parse(quoted);
    return parsed.ok ? json::stringValue(quoted, parsed.root) : QString();
}

void UsageReader::feedEvents(const char *at, const char *end) {
    while (at != end) {
        // CR LF is one end of line, even when it is cut in two.
        if (std::exchange(m_lastWasCr, false) && *at == '\n')
            ++at;
        else if (m_line == Line::Start)
            at = startOfLine(at, end);
        else
            at = restOfLine(at, end);
    }
}

/// Up to where it is known what kind of line it is.
const char *UsageReader::startOfLine(const char *at, const char *end) {
    if (m_bom >= 0 && m_bom < byteOrderMark.size() && *at == byteOrderMark[m_bom]) {
        ++m_bom;
        return at + 1;
    }
    m_bom = -1;
    if (m_matched == 0) {
        if (const char *next = overWholeEvent(at, end); next != at)
            return next;
    }
    if (*at == dataField[m_matched]) {
        if (++m_matched < dataField.size())
            return at + 1;
        m_line = Line::Data;
        if (std::exchange(m_eventHasData, true))
            m_scan.feed("\n");
        return at + 1;
    }
    if (*at != '\n' && *at != '\r') {
        m_line = Line::Other;
        return at;
    }
    if (m_matched == 0) { // a blank line ends the event
        m_scan.restart();
        m_eventHasData = false;
    }
    return restOfLine(at, end);
}

/// Behind the event that begins here, if it has come whole, is a single line of data, and holds
/// nothing that would change what is known; else `at`. Most events of a stream are like that.
const char *UsageReader::overWholeEvent(const char *at, const char *end) const {
    if (m_eventHasData || !m_scan.sawToken() || !QByteArrayView(at, end - at).startsWith(dataField))
        return at;
    const char *const lineEnds = at + traffic::lineEnd(QByteArrayView(at, end - at));
    const QByteArrayView rest(lineEnds, end - lineEnds);
    const qsizetype ends = rest.startsWith("\n\n") ? 2 : rest.startsWith("\r\n\r\n") ? 4 : 0;
    if (ends == 0 || mayMatter(QByteArrayView(at, lineEnds - at)))
        return at;
    return lineEnds + ends;
}

bool UsageReader::mayMatter(QByteArrayView event) const {
    return traffic::mayHoldUsage(event) ||
           (m_scan.model().isEmpty() && event.indexOf("\"model\"") >= 0);
}

const char *UsageReader::restOfLine(const char *at, const char *end) {
    const char *const until = at + traffic::lineEnd(QByteArrayView(at, end - at));
    if (m_line == Line::Data)
        m_scan.feed(QByteArrayView(at, until - at));
    if (until == end)
        return end;
    m_lastWasCr = *until == '\r';
    m_line = Line::Start;
    m_matched = 0;
    return until + 1;
}

} // namespace quaygate
