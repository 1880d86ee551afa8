#include "gateway/traffic/usage_asked.h"

#include "gateway/json/json_text.h"
#include "gateway/traffic/usage_text.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype longestEvent = 16 * 1024;

QByteArrayView at(QByteArrayView text, json::Span span) {
    return text.sliced(span.begin, span.end - span.begin);
}

/// The value of `stream_options` with the usage asked for; nothing if it is, or cannot be.
std::optional<QByteArray> optionsWithUsage(QByteArrayView options) {
    if (options.isEmpty() || options == "null")
        return R"({"include_usage":true})"_ba;
    const auto asked = json::findMember(options, "include_usage");
    if (!asked || at(options, *asked) == "true")
        return std::nullopt;
    auto changed = json::withMember(options, "include_usage", "true");
    return changed ? std::optional(std::move(changed).value()) : std::nullopt;
}

bool isAskedUsage(QByteArrayView data) {
    if (!traffic::mayHoldUsage(data))
        return false;
    const json::Parsed parsed = json::parse(data);
    const json::Node *usage = parsed.root.find("usage");
    const json::Node *choices = parsed.root.find("choices");
    return usage && usage->type == json::Node::Type::Object && choices &&
           choices->type == json::Node::Type::Array && choices->elements.empty();
}

/// The data lines of an event, joined as its reader will.
QByteArray dataOf(QByteArrayView event) {
    QByteArray data;
    while (!event.isEmpty()) {
        const qsizetype length = traffic::lineEnd(event);
        if (const QByteArrayView line = event.first(length); line.startsWith("data:"))
            data += line.sliced(5).toByteArray() + '\n';
        event = event.sliced(std::min(length + 1, event.size()));
    }
    return data;
}

} // namespace

bool knowsUsageInStreams(QStringView apiVersion) {
    if (apiVersion.isEmpty() || apiVersion == u"v1" || apiVersion == u"preview")
        return true;
    const bool dated = apiVersion.size() >= 10 && apiVersion[0].isDigit();
    return dated && apiVersion.first(10) >= u"2024-09-01";
}

std::optional<QByteArray> withUsageAsked(const QByteArray &body) {
    if (!json::mayName(body, "stream"))
        return std::nullopt;
    const auto stream = json::findMember(body, "stream");
    if (!stream || at(body, *stream) != "true")
        return std::nullopt;
    const auto options = json::findMember(body, "stream_options");
    if (!options)
        return std::nullopt;
    const auto wanted = optionsWithUsage(at(body, *options));
    if (!wanted)
        return std::nullopt;
    auto changed = json::withMember(body, "stream_options", *wanted);
    return changed ? std::optional(std::move(changed).value()) : std::nullopt;
}

QByteArray UsageEventFilter::feed(QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        // CR LF is one end of line: the LF belongs to the event that the CR ended.
        if (std::exchange(m_lastWasCr, false) && bytes.front() == '\n') {
            if (!m_event.isEmpty())
                m_event += '\n';
            else if (!m_dropped)
                m_out += '\n';
            bytes = bytes.sliced(1);
            continue;
        }
        const qsizetype end = traffic::lineEnd(bytes);
        const bool complete = end < bytes.size();
        m_event.append(bytes.first(complete ? end + 1 : end));
        const bool blank = complete && end == 0 && m_lineIsEmpty;
        m_lineIsEmpty = complete;
        m_lastWasCr = complete && bytes[end] == '\r';
        bytes = bytes.sliced(complete ? end + 1 : end);
        m_passing = m_passing || m_event.size() > longestEvent;
        if (m_passing)
            m_out += std::exchange(m_event, {});
        if (blank)
            endEvent();
    }
    return std::exchange(m_out, {});
}

QByteArray UsageEventFilter::end() {
    return std::exchange(m_event, {});
}

void UsageEventFilter::endEvent() {
    const QByteArray event = std::exchange(m_event, {});
    m_dropped = !std::exchange(m_passing, false) && traffic::mayHoldUsage(event) &&
                isAskedUsage(dataOf(event));
    if (!m_dropped)
        m_out += event;
}

} // namespace quaygate
