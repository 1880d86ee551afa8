#include "gateway/http/curl_engine.h"

#include <utility>

namespace quaygate {

using Stage = UpstreamTransfer::Stage;

CurlEngine::CurlEngine(CurlLoop &loop, Notebook &book)
    : m_loop(loop)
    , m_book(book)
    , m_pool(book, loop, [this](Job &job, CURLcode code) { completed(job, code); }) {
}

CurlEngine::~CurlEngine() {
    while (!m_jobs.empty())
        release(*m_jobs.begin()->second->transfer);
}

void CurlEngine::start(UpstreamTransfer &transfer, const QByteArray &caFile) {
    auto taken = m_pool.take(transfer);
    Job &job = *taken;
    configure(job, caFile);
    m_jobs.emplace(&transfer, std::move(taken));
    m_loop.touch();
    transfer.connecting(m_loop.now());
    m_loop.add(job);
}

void CurlEngine::drop(UpstreamTransfer &transfer) {
    release(transfer);
    m_book.forget(transfer);
}

/// Not from within libcurl. The connection goes back to the pool if the answer was whole, else it
/// is closed: with HTTP/2 too, for which libcurl would keep it and send the reset of the stream
/// only later.
void CurlEngine::release(UpstreamTransfer &transfer) {
    const auto found = m_jobs.find(&transfer);
    if (found == m_jobs.end())
        return;
    std::unique_ptr<Job> job = std::move(found->second);
    m_jobs.erase(found);
    if (!transfer.finished)
        curl_easy_setopt(job->easy, CURLOPT_FORBID_REUSE, 1L);
    m_loop.remove(*job);
    m_pool.giveBack(std::move(job));
}

void CurlEngine::goOn(UpstreamTransfer &transfer) {
    const auto found = m_jobs.find(&transfer);
    if (found == m_jobs.end() || !std::exchange(found->second->heldBack, false))
        return;
    const CURLcode code = m_loop.goOn(*found->second);
    if (code != CURLE_OK)
        completed(*found->second, code);
    if (!m_book.changed.empty())
        m_loop.askTurn();
}

void CurlEngine::completed(Job &job, CURLcode code) {
    if (repeat(job, code))
        return;
    UpstreamTransfer &transfer = *job.transfer;
    if (code != CURLE_OK || !transfer.head.isComplete())
        transfer.failure = failureOf(job, code);
    transfer.finished = true;
    m_book.note(transfer);
    release(transfer);
}

/// Once more on a fresh connection, if the pooled one had been dead. libcurl sees to most such
/// cases itself, but not to a large body that breaks off, nor to a pool in which all connections
/// are dead.
bool CurlEngine::repeat(Job &job, CURLcode code) {
    if (job.repeated || !job.reused || job.transfer->stage == Stage::Receiving ||
        !isOfDeadConnection(code))
        return false;
    m_loop.remove(job);
    curl_easy_setopt(job.easy, CURLOPT_FRESH_CONNECT, 1L);
    job.reused = false;
    job.connectionsBefore = 0;
    job.transfer->connecting(m_loop.now());
    m_book.note(*job.transfer);
    m_loop.add(job);
    return true;
}

UpstreamPhase CurlEngine::phase(const UpstreamTransfer &transfer) const {
    const auto found = m_jobs.find(&transfer);
    return found == m_jobs.end() ? UpstreamPhase::Connecting : phaseOf(*found->second);
}

} // namespace quaygate
