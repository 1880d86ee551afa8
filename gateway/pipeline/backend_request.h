#pragma once

#include "gateway/http/exchange.h"
#include "gateway/http/upstream_client.h"
#include "gateway/pipeline/credentials.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/result.h"

/// A client's request as a backend gets it. Pure functions.
namespace quaygate {

/// A JSON body with the backend's deployment as `model`. A backend without one leaves the choice to
/// the client.
Result<QByteArray> withDeployment(const Backend &backend, const QByteArray &json);

/// The body. Where the URL does not name the deployment, the body does; else it may say what it
/// likes.
Result<QByteArray> upstreamBody(const Way &way, const HttpRequest &client);

/// All but the body: URL, headers, credential, and how the connection is made. CredentialMissing if
/// the client's own is to be passed on and it has none.
Result<UpstreamRequest> backendRequest(const Way &way, const HttpRequest &client,
                                       const Credential &credential);

} // namespace quaygate
