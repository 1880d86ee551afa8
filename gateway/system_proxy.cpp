#include "gateway/network_watch.h"

#include <QNetworkProxy>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

bool hasProxyVariables() {
    static constexpr std::array names{"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                      "ALL_PROXY"};
    return std::any_of(names.begin(), names.end(),
                       [](const char *name) { return !qEnvironmentVariableIsEmpty(name); });
}

QString systemProxyFor(const QUrl &url) {
    if (hasProxyVariables())
        return {};
    const QList<QNetworkProxy> proxies =
        QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy &proxy : proxies) {
        const bool isSocks = proxy.type() == QNetworkProxy::Socks5Proxy;
        if (!isSocks && proxy.type() != QNetworkProxy::HttpProxy &&
            proxy.type() != QNetworkProxy::HttpCachingProxy)
            return {}; // directly, or what we cannot speak
        QUrl written;
        written.setScheme(isSocks ? u"socks5h"_s : u"http"_s);
        written.setHost(proxy.hostName());
        written.setPort(proxy.port());
        return written.toString();
    }
    return {};
}

} // namespace quaygate
