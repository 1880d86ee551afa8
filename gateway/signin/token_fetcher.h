#pragma once

#include "gateway/azure/token_answer.h"
#include "gateway/azure/token_identity.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QProcessEnvironment>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

class MachineNetwork;
class UpstreamClient;

/// What came of asking for a token. An error says what to do and holds no secret.
struct FetchOutcome {
    Result<AccessToken> token;
    /// How long the service asks not to be asked again, after a failure.
    std::optional<std::chrono::milliseconds> wait = {};
};

/// A fetch under way. Destroying it cancels: no callback follows, a program that runs is killed.
class TokenFetch {
public:
    using Done = std::function<void(FetchOutcome)>;

    TokenFetch() = default;
    virtual ~TokenFetch() = default;
    TokenFetch(const TokenFetch &) = delete;
    TokenFetch &operator=(const TokenFetch &) = delete;
};

/// Gets a token where the identity says: of Entra ID, of the machine's token service, of `az`.
/// Keeps none. Lives on one thread with an event loop; never waits.
class TokenFetcher {
public:
    /// `environment`: where IDENTITY_ENDPOINT, IDENTITY_HEADER and PATH are looked up, and what
    /// `az` is run in. `now`: what a token's life is counted from.
    TokenFetcher(QProcessEnvironment environment, std::function<WallTime()> now);
    ~TokenFetcher();
    TokenFetcher(const TokenFetcher &) = delete;
    TokenFetcher &operator=(const TokenFetcher &) = delete;

    /// Before the first fetch.
    void setNetwork(std::shared_ptr<const MachineNetwork> network) {
        m_network = std::move(network);
    }

    /// How long `az`, which takes a second or two when all is well, may take.
    void setAzureCliPatience(std::chrono::milliseconds patience) { m_cliPatience = patience; }

    /// `clientSecret` is for EntraClientSecret only. `done` is called once, from the event loop,
    /// and may destroy the fetch, but not the fetcher.
    std::unique_ptr<TokenFetch> fetch(const TokenIdentity &identity, const Secret &clientSecret,
                                      TokenFetch::Done done);

private:
    UpstreamClient &client();

    QProcessEnvironment m_environment;
    std::function<WallTime()> m_now;
    std::chrono::milliseconds m_cliPatience{30'000};
    std::shared_ptr<const MachineNetwork> m_network;
    std::unique_ptr<UpstreamClient> m_client; ///< made when it is first needed
};

} // namespace quaygate
