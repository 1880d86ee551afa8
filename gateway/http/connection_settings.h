#pragma once

#include "gateway/http/upstream_client.h"
#include "gateway/http/upstream_target.h"

namespace quaygate {

/// What a connection upstream is made with. Of two made with the same, either will do.
struct ConnectionSettings {
    UpstreamTarget target;
    /// Holds all certificate authorities to trust; empty for those built in.
    QByteArray caFile;
    /// As in `UpstreamRequest`: empty means that the environment decides.
    QString proxy;
    TlsVersion minTls = TlsVersion::Tls12;

    bool operator==(const ConnectionSettings &) const = default;
};

} // namespace quaygate
