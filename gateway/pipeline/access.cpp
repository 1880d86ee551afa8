#include "gateway/pipeline/access.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Authority {
    QByteArray host;
    int port = 80;
};

/// host[:port], the host in lower case and without brackets.
std::optional<Authority> readAuthority(QByteArrayView text) {
    qsizetype hostEnd = 0;
    Authority authority;
    if (text.startsWith('[')) {
        const qsizetype bracket = text.indexOf(']');
        if (bracket < 0)
            return std::nullopt;
        authority.host = text.sliced(1, bracket - 1).toByteArray();
        hostEnd = bracket + 1;
    } else {
        const qsizetype colon = text.indexOf(':');
        hostEnd = colon < 0 ? text.size() : colon;
        authority.host = text.first(hostEnd).toByteArray().toLower();
    }
    const QByteArrayView rest = text.sliced(hostEnd);
    if (rest.isEmpty())
        return authority;
    bool number = false;
    authority.port = rest.sliced(1).toByteArray().toInt(&number);
    if (rest.front() != ':' || !number || authority.port < 1 || authority.port > 65535)
        return std::nullopt;
    return authority;
}

bool isWelcome(const AccessRules &rules, const QByteArray &host) {
    if (host == "localhost" || host == "127.0.0.1" || host == "::1") // what nearly everybody says
        return true;
    const QHostAddress address(QString::fromLatin1(host));
    if (address.isNull())
        return false;
    if (address.isLoopback())
        return true;
    // Bound to every address, any of this machine's may be named; a number cannot be rebound.
    const bool everywhere = rules.address == QHostAddress::AnyIPv4 ||
                            rules.address == QHostAddress::AnyIPv6 ||
                            rules.address == QHostAddress::Any;
    return everywhere || address == rules.address;
}

QString shown(QByteArrayView text) {
    return QString::fromLatin1(text.first(std::min<qsizetype>(text.size(), 200)));
}

Error forbiddenHost(QByteArrayView host) {
    return {
        ErrorCode::ForbiddenHost,
        u"Host \"%1\" is not an address of this gateway; call it as localhost or 127.0.0.1."_s.arg(
            shown(host)),
        {}};
}

Error forbiddenOrigin(QByteArrayView origin) {
    return {ErrorCode::ForbiddenOrigin,
            u"Requests from web pages of origin \"%1\" are not allowed."_s.arg(shown(origin)),
            {}};
}

} // namespace

Result<void> checkAccess(const AccessRules &rules, const HttpRequest &request, bool isListed) {
    // Only HTTP/1.0 may come without a Host, and no browser speaks that.
    const auto host = request.headers.find("Host");
    if (host) {
        const auto authority = readAuthority(*host);
        if (!authority || !isWelcome(rules, authority->host))
            return forbiddenHost(*host);
    }
    if (isListed)
        return {};
    for (const Header &header : request.headers) {
        if (!sameHeader(header.name, "Origin"))
            continue;
        const QByteArrayView scheme("http://");
        const auto authority = header.value.startsWith(scheme)
                                   ? readAuthority(header.value.sliced(scheme.size()))
                                   : std::nullopt;
        if (!authority || authority->port != rules.port || !isWelcome(rules, authority->host))
            return forbiddenOrigin(header.value);
    }
    // Without an Origin a browser still says that a page of another site asks, for an image say.
    if (request.headers.find("Sec-Fetch-Site").value_or(QByteArrayView()) == "cross-site" &&
        !request.headers.contains("Origin"))
        return forbiddenOrigin("unknown");
    return {};
}

} // namespace quaygate
