#pragma once

#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/http/upstream_client.h"
#include "gateway/pipeline/credentials.h"
#include "gateway/pipeline/learned_apis.h"
#include "gateway/pipeline/routing_table.h"

#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

/// One exchange on its way through a backend: fetches the credential, sends the request, streams
/// the answer back as it comes, and cancels upstream as soon as the client leaves. A token that
/// Azure says has expired is replaced once and the request sent again; one that asks a deployment
/// for the one of chat completions and responses that it lacks is sent as the other. Lives on its
/// worker's thread; destroying it cancels upstream and, if the answer has not ended, cuts the
/// client.
class Forwarding {
public:
    /// What a Forwarding works with; all of it outlives it.
    struct Means {
        Credentials &credentials;
        UpstreamClient &upstream;
        LearnedApis &learned;
    };

    /// `table` is the one that `routed` points into.
    Forwarding(ExchangePtr exchange, std::shared_ptr<const RoutingTable> table, Routed routed,
               Means means);
    ~Forwarding();
    Forwarding(const Forwarding &) = delete;
    Forwarding &operator=(const Forwarding &) = delete;

    /// `onDone` is called once, when nothing more will happen; it may destroy the Forwarding.
    void start(std::function<void()> onDone);

private:
    /// A refusal that is not yet passed on, because there may be another way.
    struct Refusal {
        int status = 0;
        HeaderList headers;
        QByteArray body;
    };

    void attend();
    void send(const Result<Credential> &credential);
    Result<void> sign(UpstreamRequest &request, const Credential &credential);
    void call(UpstreamRequest request);
    void onHead(int status, const HeaderList &headers);
    void onBody(QByteArrayView bytes);
    void onEnd(const std::optional<UpstreamFailure> &failure);
    void joinSockets(const HeaderList &headers);
    bool mayHelp(int status) const;
    void judgeRefusal();
    void replaceToken();
    Result<void> translate();
    void askOtherwise();
    void passRefusalOn();
    void endWithRefusal();
    void fail(const Error &error);
    void done();

    ExchangePtr m_exchange;
    std::shared_ptr<const RoutingTable> m_table; ///< kept for what `m_routed` points to
    Routed m_routed;
    Means m_means;
    std::function<void()> m_onDone;
    std::unique_ptr<UpstreamCall> m_call;
    Credential m_credential;      ///< that signed it
    bool m_tokenReplaced = false; ///< once is enough
    std::optional<Refusal> m_refusal;
    std::optional<Refusal> m_untranslated; ///< why it was sent as the other operation
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace quaygate
