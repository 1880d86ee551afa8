#pragma once

#include "gateway/http/exchange.h"
#include "gateway/traffic/traffic_record.h"

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace quaygate {

/// Takes what is remembered of an exchange. Called on a worker's thread; must not block.
using TrafficSink = std::function<void(std::unique_ptr<TrafficRecord>)>;

/// The exchange of a client, with a note of what becomes of it: whoever knows something writes it
/// into the record, and the sink gets it when the exchange is over and all have let go of it. Lives
/// on its worker's thread.
class RecordedExchange final : public Exchange {
public:
    /// Of a body so much is remembered at most.
    static constexpr qsizetype longestBody = 256 * 1024;

    /// With `keepsBodies` the record gets the bodies of request and answer, too.
    RecordedExchange(ExchangePtr client, TrafficSink sink, bool keepsBodies);
    ~RecordedExchange() override;

    TrafficRecord &record() { return *m_record; }
    /// Called for every head of an answer before it goes out.
    void addToHeads(std::function<void(HeaderList &headers)> add) {
        m_heads.push_back(std::move(add));
    }
    /// Called when all is over, before the sink.
    void atEnd(std::function<void(TrafficRecord &record)> end) { m_ends.push_back(std::move(end)); }
    /// How long ago the request was complete.
    std::chrono::microseconds age() const;

    void begin(int status, const HeaderList &headers) override;
    void write(QByteArrayView bytes) override;
    void end() override;
    void abort() override;
    void respond(int status, HeaderList headers, QByteArrayView body) override;
    void upgrade(QByteArrayView protocol, const HeaderList &headers) override;
    void setReading(bool reading) override { m_client->setReading(reading); }
    bool hasBegun() const override { return m_client->hasBegun(); }
    bool isClosed() const override { return m_client->isClosed(); }

private:
    void note(int status, const HeaderList &headers);
    HeaderList withAdded(HeaderList headers) const;
    void noteBody(QByteArrayView bytes);
    void over();

    ExchangePtr m_client;
    TrafficSink m_sink;
    bool m_keepsBodies;
    bool m_isOver = false;
    std::vector<std::function<void(HeaderList &)>> m_heads;
    std::vector<std::function<void(TrafficRecord &)>> m_ends;
    std::chrono::steady_clock::time_point m_began;
    std::unique_ptr<TrafficRecord> m_record; ///< goes to the sink as it is
};

} // namespace quaygate
