#pragma once

#include "gateway/http/exchange.h"
#include "gateway/http/loop_call.h"
#include "gateway/pipeline/recorded_exchange.h"
#include "gateway/pipeline/rule_table.h"
#include "gateway/rules/stream_guard.h"

#include <memory>

namespace quaygate {

/// The exchange of a client whose answers go through guards: a stream as it comes, any other answer
/// once it is whole. Only answers of 200 are looked at; errors are the service's own words. Lives
/// on its worker's thread.
class GuardedExchange final : public Exchange {
public:
    /// `recorded` is told of what was found. `guards` must not be empty.
    GuardedExchange(std::shared_ptr<RecordedExchange> recorded, RuleDialect dialect,
                    RuleTable::Guards guards);
    ~GuardedExchange() override;

    void begin(int status, const HeaderList &headers) override;
    void write(QByteArrayView bytes) override;
    void end() override;
    void abort() override { m_recorded->abort(); }
    void respond(int status, HeaderList headers, QByteArrayView body) override;
    void upgrade(QByteArrayView protocol, const HeaderList &headers) override {
        m_recorded->upgrade(protocol, headers);
    }
    void setReading(bool reading) override { m_recorded->setReading(reading); }
    /// A whole answer is held back until it has been looked at, so a failure can still be told.
    bool hasBegun() const override { return m_recorded->hasBegun(); }
    bool isClosed() const override { return m_recorded->isClosed(); }

private:
    enum class Mode { Pass, Stream, Whole };

    void endStream();
    void stopUpstream();

    std::shared_ptr<RecordedExchange> m_recorded;
    RuleDialect m_dialect;
    RuleTable::Guards m_guards;
    Mode m_mode = Mode::Pass;
    std::unique_ptr<StreamGuard> m_stream;
    HeaderList m_headers;
    QByteArray m_body; ///< of a whole answer, as far as it has come
    /// Stops the upstream of a stream that was refused, once it has let go of this exchange.
    LaterPtr<LoopCall> m_stop;
};

/// The exchange itself if no guard looks at answers of that kind.
ExchangePtr guarded(const std::shared_ptr<RecordedExchange> &recorded, RuleDialect dialect,
                    const RuleTable::Guards &guards);

} // namespace quaygate
