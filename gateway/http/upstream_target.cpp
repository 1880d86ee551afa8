#include "gateway/http/upstream_target.h"

#include <QHostAddress>

namespace quaygate {

namespace {

/// Of URLs that clients make there is no end.
constexpr qsizetype mostKnown = 100;

} // namespace

QByteArray UpstreamTarget::authority() const {
    const QByteArray name = host.contains(':') ? "[" + host + "]" : host;
    return name + ':' + QByteArray::number(port);
}

bool UpstreamTarget::isLocal() const {
    const QByteArray name = host.toLower();
    if (name == "localhost" || name.endsWith(".localhost"))
        return true;
    QHostAddress address;
    return address.setAddress(QString::fromLatin1(name)) &&
           (address.isLoopback() || address.isLinkLocal());
}

std::optional<UpstreamTarget> upstreamTarget(QByteArrayView url) {
    const qsizetype colon = url.indexOf("://");
    if (colon < 0)
        return std::nullopt;
    UpstreamTarget target;
    const QByteArrayView scheme = url.first(colon);
    if (scheme.compare("https", Qt::CaseInsensitive) == 0)
        target.tls = true;
    else if (scheme.compare("http", Qt::CaseInsensitive) != 0)
        return std::nullopt;

    QByteArrayView authority = url.sliced(colon + 3);
    for (const char end : {'/', '?', '#'}) {
        if (const qsizetype at = authority.indexOf(end); at >= 0)
            authority = authority.first(at);
    }
    if (const qsizetype at = authority.lastIndexOf('@'); at >= 0)
        authority = authority.sliced(at + 1);

    const qsizetype bracket = authority.startsWith('[') ? authority.indexOf(']') : -1;
    const qsizetype portAt = authority.lastIndexOf(':');
    const bool hasPort = portAt > bracket;
    QByteArrayView host = hasPort ? authority.first(portAt) : authority;
    if (bracket >= 0)
        host = authority.sliced(1, bracket - 1);
    if (host.isEmpty())
        return std::nullopt;
    target.host = host.toByteArray();

    target.port = target.tls ? 443 : 80;
    if (hasPort && portAt + 1 < authority.size()) {
        bool ok = false;
        target.port = authority.sliced(portAt + 1).toByteArray().toUShort(&ok);
        if (!ok || target.port == 0)
            return std::nullopt;
    }
    return target;
}

const std::optional<UpstreamTarget> &UpstreamTargets::of(const QByteArray &url) {
    if (const auto known = m_known.constFind(url); known != m_known.constEnd())
        return *known;
    if (m_known.size() >= mostKnown)
        m_known.clear();
    return *m_known.insert(url, upstreamTarget(url));
}

} // namespace quaygate
