#pragma once

#include "gateway/azure/upstream_url.h"
#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArrayView>

namespace quaygate {

/// Where a request goes. The pointers are into the Config that was asked.
struct Routed {
    const Route *route = nullptr;
    const Backend *backend = nullptr;
    Operation operation = Operation::ChatCompletions;
};

/// Finds the route of a raw request target: the longest prefix wins, on whole path segments; what
/// follows the prefix names the operation in any of the spellings that clients use. NoRoute lists
/// the prefixes there are.
Result<Routed> route(const Config &config, QByteArrayView method, QByteArrayView target);

} // namespace quaygate
