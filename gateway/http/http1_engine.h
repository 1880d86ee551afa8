#pragma once

#include "gateway/http/http1_call.h"

#include <unordered_map>
#include <vector>

namespace quaygate {

/// Speaks HTTP/1.1 itself over connections that libcurl only opens: for a small request that costs
/// a fraction of what libcurl's own takes.
class Http1Engine : public UpstreamEngine, private Http1Calls {
public:
    /// `book` outlives the engine.
    Http1Engine(std::shared_ptr<CurlLoop> itsLoop, Notebook &itsBook);
    ~Http1Engine() override;
    Http1Engine(const Http1Engine &) = delete;
    Http1Engine &operator=(const Http1Engine &) = delete;

    void start(UpstreamTransfer &transfer, const QByteArray &caFile) override;
    void drop(UpstreamTransfer &transfer) override;
    void goOn(UpstreamTransfer &transfer) override;
    /// Sends bytes over one that was upgraded.
    void write(UpstreamTransfer &transfer, QByteArrayView bytes);
    UpstreamPhase phase(const UpstreamTransfer &transfer) const override;
    /// Uses no connection again that is idle now.
    void forgetIdle() { pool.clear(); }

private:
    void ended(Http1Call &call) override;

    std::unordered_map<const UpstreamTransfer *, std::unique_ptr<Http1Call>> m_calls;
    std::vector<std::unique_ptr<Http1Call>> m_spare; ///< to be used again
};

} // namespace quaygate
