#pragma once

#include "gateway/http/upstream_engine.h"
#include "gateway/http/upstream_transfer.h"

#include <memory>
#include <utility>

namespace quaygate {

/// A call as the client knows it. Held by its handle, and by the client while it hands things on.
/// Inner part of `UpstreamClient`.
struct ClientCall : UpstreamTransfer, std::enable_shared_from_this<ClientCall> {
    using UpstreamTransfer::UpstreamTransfer;

    UpstreamEngine *engine = nullptr; ///< that sends it
    QByteArray gateKey;               ///< empty: not limited
    bool writerWaits = false;         ///< for `onDrained`
    QByteArray caFile;
};

/// What the sender of a call holds: destroying it cancels. Outlives its client harmlessly.
template<typename Client>
class CallHandle : public UpstreamCall {
public:
    CallHandle(std::weak_ptr<Client> client, std::shared_ptr<ClientCall> call)
        : m_client(std::move(client)), m_call(std::move(call)) {}
    ~CallHandle() override {
        if (const auto client = m_client.lock())
            client->cancel(*m_call);
    }

    void pause() override {
        if (const auto client = m_client.lock())
            client->pause(*m_call);
    }
    void resume() override {
        if (const auto client = m_client.lock())
            client->resume(*m_call);
    }
    bool write(QByteArrayView bytes) override {
        const auto client = m_client.lock();
        return !client || client->write(*m_call, bytes);
    }

private:
    std::weak_ptr<Client> m_client;
    std::shared_ptr<ClientCall> m_call;
};

} // namespace quaygate
