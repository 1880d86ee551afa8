#pragma once

#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/http/upstream_client.h"
#include "gateway/pipeline/attempt_failure.h"
#include "gateway/pipeline/credentials.h"
#include "gateway/pipeline/learned_apis.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/rules/learned_parameters.h"
#include "gateway/traffic/usage_asked.h"

#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

/// One request to one backend: fetches the credential, sends the request, streams the answer back
/// as it comes. A token that Azure says has expired is replaced once and the request sent again;
/// one that asks a deployment for the one of chat completions and responses that it lacks is sent
/// as the other; one with parameters that the model refuses goes without them. What the client gets
/// is not begun before it is sure that nobody else shall be asked. Lives on its worker's thread;
/// destroying it cancels upstream.
class BackendAttempt {
public:
    /// What it works with; all of it outlives it.
    struct Means {
        Credentials &credentials;
        UpstreamClient &upstream;
        LearnedApis &learned;
        LearnedParameters &parameters;
    };

    /// What it tells. `onClosed`, `onFailed` and `onDone` are the last, and may destroy the
    /// attempt.
    struct Events {
        /// Whether somebody else may be asked after an answer with that status (0: none at all);
        /// then it is not passed on.
        std::function<bool(int status)> mayGoElsewhere;
        /// The head of an answer has come; there may be several, if the request is sent again.
        std::function<void(int status, const HeaderList &headers)> onHead;
        /// From here on the client gets this answer; the headers may be added to.
        std::function<void(HeaderList &headers)> onCommitted;
        /// Of the upstream's answer, as they come.
        std::function<void(QByteArrayView bytes)> onBody;
        std::function<void()> onClosed; ///< the client has left
        std::function<void(AttemptFailure failure)> onFailed;
        /// The answer has been passed on, or has broken off in the middle.
        std::function<void(const Error *cut)> onDone;
    };

    /// `client` has its request's body; `table` is the one that `way` points into.
    BackendAttempt(ExchangePtr client, std::shared_ptr<const RoutingTable> table, Way way,
                   UpstreamTimeouts timeouts, Means means, Events events);
    ~BackendAttempt();
    BackendAttempt(const BackendAttempt &) = delete;
    BackendAttempt &operator=(const BackendAttempt &) = delete;

    void start();

    const Way &way() const { return m_way; }

private:
    /// A refusal that is not yet passed on, because there may be another way.
    struct Refusal {
        int status = 0;
        HeaderList headers;
        QByteArray body;
    };

    Result<void> prepare();
    void attend();
    void send(const Result<Credential> &credential);
    void call(UpstreamRequest request);
    void onHead(int status, HeaderList headers);
    void onBody(QByteArrayView bytes);
    void onEnd(const std::optional<UpstreamFailure> &failure);
    void commit(int status, HeaderList headers);
    void commitHeld();
    void writeOn(QByteArrayView bytes);
    void endAnswer();
    void joinSockets(const HeaderList &headers);
    bool mayHelp(int status) const;
    void judgeRefusal();
    void replaceToken();
    Result<QByteArray> bodyToSend();
    bool learnParameters();
    Result<void> translate();
    void askOtherwise();
    void endWithRefusal();
    void fail(const Error &error);
    void failWith(AttemptFailure failure);
    void done(const Error *cut);
    std::weak_ptr<char> alive();

    ExchangePtr m_client;
    ExchangePtr m_exchange;                      ///< the client's, or a translation of it
    std::shared_ptr<const RoutingTable> m_table; ///< kept for what `m_way` points to
    Way m_way;
    UpstreamTimeouts m_timeouts;
    Means m_means;
    Events m_events;
    std::unique_ptr<UpstreamCall> m_call;
    Credential m_credential;      ///< that signed it
    QByteArray m_sent;            ///< the body, until an answer is passed on
    bool m_tokenReplaced = false; ///< once is enough
    int m_parametersLearned = 0;  ///< how often
    bool m_isMessages = false;    ///< the client speaks those, and the backend does not
    std::unique_ptr<Refusal> m_refusal;
    std::unique_ptr<Refusal> m_untranslated; ///< why it was sent as the other operation
    std::unique_ptr<Refusal> m_held;         ///< an answer that is passed on as soon as it is whole
    std::optional<UsageEventFilter> m_usageFilter; ///< where the client did not ask for usage
    std::shared_ptr<char> m_alive; ///< made for who asks later whether this is still there
};

} // namespace quaygate
