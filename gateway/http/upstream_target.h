#pragma once

#include <QByteArray>
#include <QHash>

#include <optional>

namespace quaygate {

/// Where a URL points, as far as sending to it depends on that. Pure.
struct UpstreamTarget {
    bool tls = false;
    QByteArray host; ///< without brackets
    quint16 port = 0;

    /// "host:port", brackets around an IPv6 address.
    QByteArray authority() const;
    /// "https://host:port"
    QByteArray origin() const { return (tls ? "https://" : "http://") + authority(); }
    /// "localhost", 127.0.0.0/8, ::1, or on the link itself (169.254.0.0/16, fe80::/10): nothing
    /// that a proxy could reach.
    bool isLocal() const;

    bool operator==(const UpstreamTarget &) const = default;
};

/// Nothing if it is not an absolute http or https URL with a host.
std::optional<UpstreamTarget> upstreamTarget(QByteArrayView url);

/// Remembers where URLs point, for they are the same few again and again. One thread.
class UpstreamTargets {
public:
    /// As upstreamTarget; valid until the next call.
    const std::optional<UpstreamTarget> &of(const QByteArray &url);

private:
    QHash<QByteArray, std::optional<UpstreamTarget>> m_known;
};

} // namespace quaygate
