#include "gateway/pipeline/backend_connection.h"

namespace quaygate {

void applyHeaders(const Backend &backend, UpstreamRequest &request) {
    for (const BackendHeader &header : backend.headers)
        request.headers.set(header.name.toLatin1(), header.value.toLatin1());
}

void applyConnection(const Backend &backend, UpstreamRequest &request) {
    request.timeouts = {backend.timeouts.connect, backend.timeouts.firstByte, backend.timeouts.idle,
                        backend.timeouts.total};
    request.caFile = backend.tls.caFile;
    request.minTls = backend.tls.minVersion == u"1.3" ? TlsVersion::Tls13 : TlsVersion::Tls12;
    request.http2 = backend.http2;
    request.proxy = backend.proxy;
    request.maxConnections = backend.maxConnections;
}

} // namespace quaygate
