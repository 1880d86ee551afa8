#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// The operations that Quaygate knows, in OpenAI's words.
enum class Operation { ChatCompletions, Embeddings };

/// The URL that serves `operation` of the backend's deployment, percent-encoded, ready for the wire.
/// Fails if the endpoint cannot be read; a validated Backend never does.
Result<QByteArray> upstreamUrl(const Backend &backend, Operation operation);

/// True if the deployment is named in the URL and the body's `model` is ignored (the dated family); on
/// the v1 family the body must carry the deployment as `model`.
bool deploymentInPath(const Backend &backend);

} // namespace quaygate
