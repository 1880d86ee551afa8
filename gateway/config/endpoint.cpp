#include "gateway/config/endpoint.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int httpsPort = 443;
constexpr int httpPort = 80;

Error refuse(const QString &message) {
    return Error{ErrorCode::InvalidAddress, message, {}};
}

bool isDigit(QChar c) {
    return c >= u'0' && c <= u'9';
}

bool isLetterOrDigit(QChar c) {
    return isDigit(c) || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isHexDigit(QChar c) {
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// A host whose last label is a number is an IPv4 address for every resolver, however odd its
/// spelling (127.1, 0x7f000001); only the plain spelling is taken, so that nobody reads it
/// differently.
bool looksNumeric(const QString &host) {
    const QString last = host.mid(host.lastIndexOf(u'.') + 1);
    return std::all_of(last.begin(), last.end(), isDigit) ||
           last.startsWith("0x"_L1, Qt::CaseInsensitive);
}

bool isDottedQuad(const QString &host) {
    static const QRegularExpression octets(
        uR"(\A(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.|\z)){4}(?<!\.)\z)"_s);
    return octets.match(host).hasMatch();
}

bool isHostLabel(const QString &label) {
    return !label.isEmpty() && label.size() <= 63 && !label.startsWith(u'-') &&
           !label.endsWith(u'-') && std::all_of(label.begin(), label.end(), [](QChar c) {
               return isLetterOrDigit(c) || c == u'-' || c == u'_';
           });
}

Result<QString> readName(const QString &text) {
    QString given = text;
    if (given.endsWith(u'.')) // the root label; TLS certificates do not spell it
        given.chop(1);
    const QString host = QString::fromLatin1(QUrl::toAce(given)).toLower();
    const QStringList labels = host.split(u'.');
    if (host.isEmpty() || host.size() > 253 ||
        !std::all_of(labels.begin(), labels.end(), isHostLabel))
        return refuse(
            u"The host is not a host name: write it as the Azure portal shows it, for instance my-resource.openai.azure.com."_s);
    if (looksNumeric(host) && !isDottedQuad(host))
        return refuse(
            u"The host is not an IPv4 address: write four numbers from 0 to 255, as in 127.0.0.1."_s);
    return host;
}

Result<QString> readIpv6(const QString &text) {
    QHostAddress address;
    const bool plain = std::all_of(text.begin(), text.end(),
                                   [](QChar c) { return isHexDigit(c) || c == u':' || c == u'.'; });
    if (!plain || !address.setAddress(text) || address.protocol() != QAbstractSocket::IPv6Protocol)
        return refuse(u"What stands in the brackets is not an IPv6 address."_s);
    return address.toString();
}

Result<int> readPort(const QString &text) {
    const bool digits =
        !text.isEmpty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), isDigit);
    const int port = digits ? text.toInt() : 0;
    if (port < 1 || port > 65535)
        return refuse(u"The port must be a number from 1 to 65535."_s);
    return port;
}

/// Splits "host", "host:port", "[::1]" or "[::1]:port" and reads both into `endpoint`.
Result<void> readAuthority(const QString &authority, Endpoint &endpoint) {
    if (authority.isEmpty())
        return refuse(u"The host is missing: write it as the Azure portal shows it, for instance "
                      "my-resource.openai.azure.com."_s);
    if (authority.contains(u'@'))
        return refuse(u"A user name or password (before “@”) does not belong in an endpoint."_s);
    const bool bracketed = authority.startsWith(u'[');
    if (!bracketed && authority.count(u':') > 1)
        return refuse(u"An IPv6 address must stand in brackets, as in [::1]:8443."_s);
    const qsizetype hostEnd = bracketed ? authority.indexOf(u']') : authority.indexOf(u':');
    if (bracketed && hostEnd < 0)
        return refuse(u"The bracket “]” that ends the IPv6 address is missing."_s);

    const Result<QString> host =
        bracketed ? readIpv6(authority.mid(1, hostEnd - 1)) : readName(authority.left(hostEnd));
    if (!host)
        return host.error();
    endpoint.host = *host;

    const QString rest = hostEnd < 0 ? QString() : authority.mid(hostEnd + (bracketed ? 1 : 0));
    if (rest.isEmpty())
        return {};
    if (!rest.startsWith(u':'))
        return refuse(u"What follows the IPv6 address is not a port."_s);
    const Result<int> port = readPort(rest.mid(1));
    if (!port)
        return port.error();
    endpoint.port = *port;
    return {};
}

/// What is percent-encoded already stays as it is.
QString encodeNonAscii(const QString &segment) {
    QByteArray encoded;
    const QByteArray bytes = segment.toUtf8();
    for (const char byte : bytes) {
        if (static_cast<uchar>(byte) < 0x80)
            encoded += byte;
        else
            encoded += '%' + QByteArray(1, byte).toHex().toUpper();
    }
    return QString::fromLatin1(encoded);
}

Result<QString> readSegment(const QString &segment) {
    const QString decoded = QUrl::fromPercentEncoding(segment.toUtf8());
    if (decoded == "."_L1 || decoded == ".."_L1)
        return refuse(u"The path must not hold “.” or “..”."_s);
    for (qsizetype i = 0; i < segment.size(); ++i) {
        const QChar c = segment[i];
        if (c == u'%' &&
            (i + 2 >= segment.size() || !isHexDigit(segment[i + 1]) || !isHexDigit(segment[i + 2])))
            return refuse(u"“%” in the path must be followed by two hexadecimal digits."_s);
        if (c.unicode() < 0x80 && !isLetterOrDigit(c) && !"%-._~!$&'()*+,;=:@"_L1.contains(c))
            return refuse(u"The path must not hold the character “%1”."_s.arg(c));
    }
    return encodeNonAscii(segment);
}

Result<QString> readPath(const QString &path) {
    QString trimmed = path;
    if (trimmed.endsWith(u'/'))
        trimmed.chop(1);
    if (trimmed.isEmpty())
        return QString();
    QString prefix;
    const QStringList segments = trimmed.mid(1).split(u'/');
    for (const QString &segment : segments) {
        if (segment.isEmpty())
            return refuse(u"The path must not hold “//”."_s);
        const Result<QString> encoded = readSegment(segment);
        if (!encoded)
            return encoded.error();
        prefix += u'/' + *encoded;
    }
    return prefix;
}

/// What no endpoint may hold, whatever its form.
Result<void> checkCharacters(const QString &text) {
    if (text.isEmpty())
        return refuse(u"The endpoint is empty: write the host that the Azure portal shows, for "
                      "instance my-resource.openai.azure.com."_s);
    for (const QChar c : text) {
        if (c.isSpace() || c.unicode() < 0x20 || c.unicode() == 0x7f)
            return refuse(u"The endpoint must not hold spaces or control characters."_s);
        if (c == u'\\')
            return refuse(u"The endpoint must not hold a backslash."_s);
        if (c == u'?')
            return refuse(u"A query (from “?” on) does not belong in an endpoint; the API version "
                          "has a field of its own."_s);
        if (c == u'#')
            return refuse(u"A fragment (from “#” on) does not belong in an endpoint."_s);
    }
    return {};
}

} // namespace

bool Endpoint::isLoopback() const {
    if (host == "localhost"_L1)
        return true;
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

QString Endpoint::url() const {
    const QString name = host.contains(u':') ? u'[' + host + u']' : host;
    const QString shownPort =
        port == (tls ? httpsPort : httpPort) ? QString() : u':' + QString::number(port);
    return (tls ? u"https://"_s : u"http://"_s) + name + shownPort + pathPrefix;
}

Result<Endpoint> parseEndpoint(const QString &text) {
    if (const Result<void> fine = checkCharacters(text); !fine)
        return fine.error();

    const qsizetype schemeEnd = text.indexOf("://"_L1);
    const QString scheme = schemeEnd < 0 ? QString() : text.left(schemeEnd).toLower();
    if (schemeEnd >= 0 && scheme != "https"_L1 && scheme != "http"_L1)
        return refuse(u"“%1:” cannot be used; an endpoint is a host or starts with https://."_s.arg(
            text.left(schemeEnd)));
    const QString rest = schemeEnd < 0 ? text : text.mid(schemeEnd + 3);
    const qsizetype pathBegin = rest.indexOf(u'/');
    if (schemeEnd < 0 && pathBegin >= 0)
        return refuse(u"An endpoint with a path must start with https://."_s);

    Endpoint endpoint;
    endpoint.tls = scheme != "http"_L1;
    endpoint.port = endpoint.tls ? httpsPort : httpPort;
    if (const Result<void> read = readAuthority(rest.left(pathBegin), endpoint); !read)
        return read.error();
    if (!endpoint.tls && !endpoint.isLoopback())
        return refuse(u"“http:” would send the key unencrypted and is allowed for this machine "
                      "(localhost) only; write https://."_s);
    const Result<QString> prefix = readPath(pathBegin < 0 ? QString() : rest.mid(pathBegin));
    if (!prefix)
        return prefix.error();
    endpoint.pathPrefix = *prefix;
    return endpoint;
}

} // namespace quaygate
