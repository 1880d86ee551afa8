#include "gateway/dialects/event_translator.h"

#include <utility>

namespace quaygate::dialects {

EventTranslator::EventTranslator() : m_reader([this](const auto &event) { read(event); }) {
}

QByteArray EventTranslator::feed(QByteArrayView bytes) {
    if (!m_finished)
        m_reader.feed(bytes);
    if (!m_finished && m_reader.overflowed())
        fail("The upstream sent an event that is too long to be translated.");
    return std::exchange(m_out, {});
}

QByteArray EventTranslator::end() {
    if (!m_finished)
        takeEnd();
    m_finished = true;
    return std::exchange(m_out, {});
}

void EventTranslator::read(const SseReader::Event &event) {
    if (m_finished || event.data.isEmpty())
        return;
    if (event.data == "[DONE]") {
        takeDone();
        return;
    }
    const JsonDocument document(event.data);
    if (document.isObject())
        take(document.root());
    else
        fail("The upstream sent an event that is no JSON object.");
}

void EventTranslator::send(QByteArrayView type, QByteArray data) {
    if (!m_failed)
        m_out += eventText(type, std::move(data));
}

void EventTranslator::sendDone() {
    m_out += "data: [DONE]\n\n";
}

void EventTranslator::fail(const UpstreamError &error) {
    finish();
    sendError(error);
    m_failed = true;
}

void EventTranslator::fail(const char *message) {
    fail(UpstreamError{message, {}, "server_error", {}});
}

QByteArray eventText(QByteArrayView type, QByteArray data) {
    // A line break in JSON is nothing but white space, and would end the line here.
    data.replace('\n', ' ').replace('\r', ' ');
    QByteArray out;
    out.reserve(type.size() + data.size() + 20);
    if (!type.isEmpty())
        out += "event: " + type.toByteArray() + '\n';
    return out += "data: " + data + "\n\n";
}

} // namespace quaygate::dialects
