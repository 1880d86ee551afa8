#pragma once

#include "gateway/http/upstream_client.h"
#include "gateway/http/upstream_target.h"

#include <string>

namespace quaygate {

/// Request line and headers as HTTP/1.1 has them on the wire, up to the empty line: the headers
/// given but those of the connection, the secret ones, and what the body's length needs. Holds
/// secrets. Pure. The request must be without fault (`requestHeadFault`).
void appendHttp1Head(std::string &text, const UpstreamRequest &request,
                     const UpstreamTarget &target);

/// What of the URL goes into the request line; "/" at least.
QByteArrayView targetOf(QByteArrayView url);

} // namespace quaygate
