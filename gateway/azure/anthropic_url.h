#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate {

/// The URL of Anthropic's API on the resource of a Claude deployment (family I in section 1.2 of
/// the Azure reference): `{origin}{prefix}/anthropic/v1/{path}`. A Foundry project's address stands
/// for its resource, and one that ends in /anthropic or /anthropic/v1 already is as good. Fails if
/// the endpoint cannot be read.
Result<QByteArray> anthropicUrl(const Backend &backend, QByteArrayView path);

/// True for a header of a client of Anthropic's that such a deployment wants to see.
bool isAnthropicHeader(QByteArrayView name);

} // namespace quaygate
