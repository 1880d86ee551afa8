#pragma once

#include "gateway/azure/operations.h"
#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate {

/// The URL that serves `operation` of the backend's deployment, percent-encoded, ready for the
/// wire, with at most one `api-version`. The endpoint is read by the rule in
/// "gateway/azure/address.h", so that `parseAddress(upstreamUrl(backend))` gives a backend with the
/// same URL back, and with the same endpoint if that has the form that parseAddress gives it.
/// (Not for a dated operation without a deployment in its path, which may read as another
/// family's.)
///
/// Fails, with a sentence for the person who made the backend, if the endpoint cannot be read, if a
/// Foundry project is given a dated version (it serves v1 only) or if the deployment cannot stand
/// in a path. The built-in simulator has no URL of its own: its caller puts the address on which it
/// listens into the Backend first.
Result<QByteArray> upstreamUrl(const Backend &backend, Operation operation);

/// The URL of anything else that the backend's resource serves: "responses/resp_1/input_items".
/// `path` and `query` are the client's, percent-encoded, without a slash or question mark before
/// them; an `api-version` of the client's is left out, and so is a key. Fails as above.
Result<QByteArray> upstreamUrl(const Backend &backend, QByteArrayView path, QByteArrayView query);

/// True if the deployment is named in the URL and the body's `model` is ignored; else the body must
/// carry the deployment as `model`.
bool deploymentInPath(const Backend &backend, Operation operation);

} // namespace quaygate
