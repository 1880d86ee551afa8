#pragma once

#include "gateway/http/curl_job.h"
#include "gateway/http/upstream_engine.h"

#include <memory>
#include <unordered_map>

namespace quaygate {

/// Leaves everything to libcurl, from the name to the answer's last byte: HTTP/2, and plain
/// requests that a proxy may have to be told of.
class CurlEngine : public UpstreamEngine {
public:
    /// Both outlive the engine.
    CurlEngine(CurlLoop &loop, Notebook &book);
    ~CurlEngine() override;
    CurlEngine(const CurlEngine &) = delete;
    CurlEngine &operator=(const CurlEngine &) = delete;

    void start(UpstreamTransfer &transfer, const QByteArray &caFile) override;
    void drop(UpstreamTransfer &transfer) override;
    void goOn(UpstreamTransfer &transfer) override;
    UpstreamPhase phase(const UpstreamTransfer &transfer) const override;

private:
    void completed(Job &job, CURLcode code);
    bool repeat(Job &job, CURLcode code);
    void release(UpstreamTransfer &transfer);

    CurlLoop &m_loop;
    Notebook &m_book;
    JobPool m_pool;
    std::unordered_map<const UpstreamTransfer *, std::unique_ptr<Job>> m_jobs;
};

} // namespace quaygate
