#include "gateway/signin/token_fetcher.h"

#include "gateway/azure/token_call.h"
#include "gateway/http/upstream_client.h"
#include "gateway/signin/azure_cli.h"
#include "gateway/signin/http_token_fetch.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

std::optional<AppServiceIdentity> appService(const QProcessEnvironment &environment) {
    const QByteArray endpoint = environment.value(u"IDENTITY_ENDPOINT"_s).toUtf8();
    QByteArray header = environment.value(u"IDENTITY_HEADER"_s).toUtf8();
    if (endpoint.isEmpty() || header.isEmpty())
        return std::nullopt;
    return AppServiceIdentity{endpoint, Secret(std::move(header))};
}

} // namespace

TokenFetcher::TokenFetcher(QProcessEnvironment environment, std::function<WallTime()> now)
    : m_environment(std::move(environment)), m_now(std::move(now)) {
}

TokenFetcher::~TokenFetcher() = default;

UpstreamClient &TokenFetcher::client() {
    if (!m_client)
        m_client = std::make_unique<UpstreamClient>(m_network);
    return *m_client;
}

std::unique_ptr<TokenFetch> TokenFetcher::fetch(const TokenIdentity &identity,
                                                const Secret &clientSecret, TokenFetch::Done done) {
    if (identity.kind == Auth::Kind::AzureCli)
        return std::make_unique<AzureCliFetch>(identity, m_environment, m_cliPatience,
                                               std::move(done));
    if (identity.kind == Auth::Kind::EntraClientSecret)
        return std::make_unique<HttpTokenFetch>(client(), identity, TokenPlace::Entra,
                                                clientSecretCall(identity, clientSecret),
                                                clientSecret, m_now, std::move(done));
    const auto app = identity.endpoint.isEmpty() ? appService(m_environment) : std::nullopt;
    return std::make_unique<HttpTokenFetch>(
        client(), identity, app ? TokenPlace::AppService : TokenPlace::Metadata,
        app ? appServiceCall(identity, *app) : imdsCall(identity), app ? app->header : Secret(),
        m_now, std::move(done));
}

} // namespace quaygate
