#pragma once

#include "gateway/signin/token_service.h"
#include "tests/support/event_loop.h"
#include "tests/support/scripted_upstream.h"

#include <functional>
#include <memory>

namespace quaygate::test {

/// What no error text may hold.
inline const QByteArray canarySecret = "canary-4c1e&secret=%+~";

QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &headers = {});
/// Entra ID's answer with that token.
QByteArray tokenAnswer(const QByteArray &token, int seconds = 3600);

/// A token service with an Entra ID on a real socket, and a clock that stands still until it is
/// moved.
class TokenDesk {
public:
    TokenDesk();

    TokenIdentity identity(const QString &tenant = QStringLiteral("contoso.com")) const;
    /// What came of each `obtain`, in order.
    struct Got {
        bool ok = false;
        QByteArray token;
        quint64 number = 0;
        WallTime askAgain;
        Error error;
    };
    void obtain(std::optional<quint64> rejected = {}) { obtain(identity(), rejected); }
    void obtain(const TokenIdentity &identity, std::optional<quint64> rejected = {});
    /// Obtains, and waits for the outcome.
    Got obtained(std::optional<quint64> rejected = {});
    bool waitForFetches(int count);
    bool waitForGot(qsizetype count);
    /// Sends the answer to a request that was held.
    void answerHeld();

    WallTime now{std::chrono::seconds(1795356000)};
    double random = 0;
    /// The token is token-1, token-2 and so on, if this is not set.
    std::function<QByteArray(int fetch)> answer;
    bool hold = false; ///< requests are not answered
    ScriptedUpstream entra;
    int fetches = 0;
    Result<Secret> secret = Secret(QByteArray(canarySecret));
    int secretReads = 0;
    QList<Auth> secretsAsked;
    QList<Got> got;
    std::unique_ptr<TokenService> service;

private:
    void send(UpstreamPeer &peer, int fetch);

    UpstreamPeer *m_held = nullptr;
};

/// True if the error holds nothing of the secret, in no spelling.
bool isClean(const Error &error);

} // namespace quaygate::test
