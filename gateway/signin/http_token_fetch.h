#pragma once

#include "gateway/azure/token_call.h"
#include "gateway/http/upstream_client.h"
#include "gateway/signin/token_fetcher.h"

namespace quaygate {

/// Who is asked over HTTP.
enum class TokenPlace {
    Entra,
    AppService, ///< of App Service, Functions, Container Apps
    Metadata,   ///< of a virtual machine
};

/// One request for a token over HTTP. Lives on the client's thread; the client must outlive it.
class HttpTokenFetch : public TokenFetch {
public:
    /// `credential`: the secret that the call holds; no error text repeats it.
    HttpTokenFetch(UpstreamClient &client, TokenIdentity identity, TokenPlace place, TokenCall call,
                   Secret credential, std::function<WallTime()> now, Done done);
    ~HttpTokenFetch() override;

private:
    void ended(const std::optional<UpstreamFailure> &failure);
    FetchOutcome outcome(const std::optional<UpstreamFailure> &failure) const;
    Error explained() const;
    Error unreached(const UpstreamFailure &failure) const;
    std::optional<std::chrono::milliseconds> wait() const;

    TokenIdentity m_identity;
    TokenPlace m_place;
    Secret m_credential;
    std::function<WallTime()> m_now;
    Done m_done;
    int m_status = 0;
    HeaderList m_headers;
    QByteArray m_answer;
    std::unique_ptr<UpstreamCall> m_call;
};

} // namespace quaygate
