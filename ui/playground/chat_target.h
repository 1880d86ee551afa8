#pragma once

#include "gateway/config/config.h"

#include <QString>
#include <QUrl>

namespace quaygate {

/// Where a chat goes: a route of the gateway, reached as any other tool would. The deployment,
/// version and way to sign in are known only to explain errors and to show; nothing of them is
/// sent.
struct ChatTarget {
    QUrl url; ///< empty while the gateway does not run
    QString routeName;
    QString deploymentName;
    QString apiVersion;
    bool simulated = false;
    Auth auth = {}; ///< how the backend signs in

    bool operator==(const ChatTarget &) const = default;
};

/// {gateway}{prefix}/chat/completions.
QUrl chatUrl(const QString &gatewayUrl, const QString &pathPrefix);

/// The target that a route stands for; `gatewayUrl` is empty while the gateway does not run.
ChatTarget chatTarget(const Config &config, const Route &route, const QString &gatewayUrl);

} // namespace quaygate
