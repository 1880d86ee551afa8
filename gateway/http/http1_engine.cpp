#include "gateway/http/http1_engine.h"

#include <utility>

namespace quaygate {

namespace {

constexpr std::size_t maxSpare = 64;

} // namespace

Http1Engine::Http1Engine(std::shared_ptr<CurlLoop> itsLoop, Notebook &itsBook)
    : Http1Calls(std::move(itsLoop), itsBook) {
}

Http1Engine::~Http1Engine() = default;

void Http1Engine::start(UpstreamTransfer &transfer, const QByteArray &caFile) {
    Http1Calls &calls = *this;
    if (m_spare.empty())
        m_spare.push_back(std::make_unique<Http1Call>(calls));
    if (m_spare.size() > maxSpare)
        m_spare.resize(maxSpare);
    std::unique_ptr<Http1Call> call = std::move(m_spare.back());
    m_spare.pop_back();
    Http1Call &begun = *call;
    m_calls.emplace(&transfer, std::move(call));
    loop->touch();
    begun.begin(transfer, caFile);
}

void Http1Engine::drop(UpstreamTransfer &transfer) {
    if (const auto found = m_calls.find(&transfer); found != m_calls.end())
        ended(*found->second);
    book.forget(transfer);
}

/// It may be in the middle of its own work, so it is kept.
void Http1Engine::ended(Http1Call &call) {
    auto node = m_calls.extract(&call.transfer());
    call.clear();
    m_spare.push_back(std::move(node.mapped()));
}

void Http1Engine::goOn(UpstreamTransfer &transfer) {
    if (const auto found = m_calls.find(&transfer); found != m_calls.end())
        found->second->goOn();
}

void Http1Engine::write(UpstreamTransfer &transfer, QByteArrayView bytes) {
    if (const auto found = m_calls.find(&transfer); found != m_calls.end())
        found->second->write(bytes);
}

UpstreamPhase Http1Engine::phase(const UpstreamTransfer &transfer) const {
    const auto found = m_calls.find(&transfer);
    return found == m_calls.end() ? UpstreamPhase::Connecting : found->second->phase();
}

} // namespace quaygate
