#pragma once

#include "gateway/azure/operations.h"
#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// The URL that serves `operation` of the backend's deployment, percent-encoded, ready for the
/// wire, with at most one `api-version`. The endpoint is read by the rule in
/// "gateway/azure/address.h", so that `parseAddress(upstreamUrl(backend))` gives a backend with the
/// same URL back, and with the same endpoint if that has the form that parseAddress gives it.
///
/// Fails, with a sentence for the person who made the backend, if the endpoint cannot be read, if a
/// Foundry project is given a dated version (it serves v1 only) or if the deployment cannot stand
/// in a path. The built-in simulator has no URL of its own: its caller puts the address on which it
/// listens into the Backend first.
Result<QByteArray> upstreamUrl(const Backend &backend, Operation operation);

/// True if the deployment is named in the URL and the body's `model` is ignored (the dated family);
/// on the v1 family the body must carry the deployment as `model`.
bool deploymentInPath(const Backend &backend);

} // namespace quaygate
