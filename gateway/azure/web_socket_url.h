#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate {

/// The URL (https, or http for this machine) of a WebSocket that a client asks for below the
/// backend's family: "realtime", or the WebSocket mode of "responses". Realtime names the
/// deployment in the query, as `model` on the v1 family and as `deployment` on the dated one
/// (families C and E in section 1.2 of the Azure reference); so does any other that the client gave
/// such a name. `path` and `query` are the client's; its version, names and credentials are left
/// out. Fails as `upstreamUrl`.
Result<QByteArray> webSocketUrl(const Backend &backend, QByteArrayView path, QByteArrayView query);

/// Which model the query of such a request names; empty: none.
QByteArray modelOfQuery(QByteArrayView query);

/// The client's list of subprotocols without the credentials that browsers put into it.
QByteArray withoutCredentials(QByteArrayView subprotocols);

} // namespace quaygate
