#include "gateway/pipeline/recorded_exchange.h"

#include "gateway/pipeline/request_path.h"

#include <algorithm>
#include <utility>

namespace quaygate {

namespace {

using Clock = std::chrono::steady_clock;

constexpr qsizetype longestPath = 512;
constexpr qsizetype longestTool = 200;

QByteArrayView cut(QByteArrayView text, qsizetype most) {
    return text.first(std::min(text.size(), most));
}

} // namespace

RecordedExchange::RecordedExchange(ExchangePtr client, TrafficSink sink, bool keepsBodies)
    : Exchange(std::move(client->request()))
    , m_client(std::move(client))
    , m_sink(std::move(sink))
    , m_keepsBodies(keepsBodies)
    , m_began(Clock::now())
    , m_record(std::make_unique<TrafficRecord>()) {
    const HttpRequest &asked = request();
    m_record->time = TrafficRecord::Clock::now();
    m_record->method = asked.method;
    m_record->path = cut(pathOf(asked.target), longestPath).toByteArray();
    m_record->tool = QString::fromUtf8(
        cut(asked.headers.find("User-Agent").value_or(QByteArrayView()), longestTool));
    m_record->bytesIn = asked.body.size();
    if (keepsBodies)
        m_record->requestBody = cut(asked.body, longestBody).toByteArray();
    // Copies, because what is called may destroy this object.
    m_client->onClosed = [this] {
        m_record->cancelled = true;
        over();
        if (const auto call = onClosed)
            call();
    };
    m_client->onPause = [this] {
        if (const auto call = onPause)
            call();
    };
    m_client->onResume = [this] {
        if (const auto call = onResume)
            call();
    };
    m_client->onBytes = [this](QByteArrayView bytes) {
        m_record->bytesIn += bytes.size();
        if (const auto call = onBytes)
            call(bytes);
    };
}

RecordedExchange::~RecordedExchange() {
    m_client->onClosed = nullptr;
    m_client->onPause = nullptr;
    m_client->onResume = nullptr;
    m_client->onBytes = nullptr;
    over();
    for (const auto &end : m_ends)
        end(*m_record);
    m_sink(std::move(m_record));
}

std::chrono::microseconds RecordedExchange::age() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_began);
}

void RecordedExchange::begin(int status, const HeaderList &headers) {
    note(status, headers);
    if (m_heads.empty())
        m_client->begin(status, headers);
    else
        m_client->begin(status, withAdded(headers));
}

void RecordedExchange::write(QByteArrayView bytes) {
    noteBody(bytes);
    m_client->write(bytes);
}

void RecordedExchange::end() {
    over();
    m_client->end();
}

void RecordedExchange::abort() {
    over();
    m_client->abort();
}

void RecordedExchange::respond(int status, HeaderList headers, QByteArrayView body) {
    note(status, headers);
    noteBody(body);
    over();
    m_client->respond(status, withAdded(std::move(headers)), body);
}

void RecordedExchange::upgrade(QByteArrayView protocol, const HeaderList &headers) {
    note(101, headers);
    m_client->upgrade(protocol, headers);
}

void RecordedExchange::note(int status, const HeaderList &headers) {
    m_record->status = status;
    const QByteArrayView type = headers.find("Content-Type").value_or(QByteArrayView());
    m_record->streamed = type.startsWith("text/event-stream");
    m_record->azureRequestId = headers.value("apim-request-id").value_or(QByteArray());
    m_record->modelRequestId = headers.value("x-request-id").value_or(QByteArray());
}

HeaderList RecordedExchange::withAdded(HeaderList headers) const {
    for (const auto &add : m_heads)
        add(headers);
    return headers;
}

void RecordedExchange::noteBody(QByteArrayView bytes) {
    if (!m_record->firstByte && !bytes.isEmpty())
        m_record->firstByte = age();
    m_record->bytesOut += bytes.size();
    if (m_keepsBodies)
        m_record->responseBody.append(cut(bytes, longestBody - m_record->responseBody.size()));
}

void RecordedExchange::over() {
    if (!std::exchange(m_isOver, true))
        m_record->duration = age();
}

} // namespace quaygate
