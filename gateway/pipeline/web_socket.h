#pragma once

#include "gateway/http/exchange.h"

/// What a request for a WebSocket says (RFC 6455, 4.1). What goes through it afterwards is the
/// affair of its two ends: frames, pings and reasons for closing pass as bytes.
namespace quaygate {

bool asksForWebSocket(const HttpRequest &request);

/// The headers of the handshake that go upstream, without the credentials in them.
HeaderList handshakeHeaders(const HeaderList &client);

} // namespace quaygate
