#pragma once

#include "gateway/http/exchange.h"
#include "gateway/result.h"

#include <QHostAddress>

namespace quaygate {

/// Who may call the gateway, judged before anything else: a web page must not reach it by a
/// cross-site request or by rebinding its own name to this machine.
struct AccessRules {
    QHostAddress address; ///< the address bound
    quint16 port = 0;     ///< the port bound

    bool operator==(const AccessRules &) const = default;
};

/// Host must name loopback or the address bound. Origin, where there is one, must be the gateway's
/// own, unless `isListed` says that it is one of those that are let in; `null` never is the
/// gateway's. ForbiddenHost, ForbiddenOrigin.
Result<void> checkAccess(const AccessRules &rules, const HttpRequest &request,
                         bool isListed = false);

} // namespace quaygate
