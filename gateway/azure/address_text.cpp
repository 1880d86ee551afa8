#include "gateway/azure/address_text.h"

#include "gateway/azure/azure_host.h"
#include "gateway/config/endpoint.h"

#include <algorithm>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

// Longer than any URL of the portal by far; keeps the work on a pasted book bounded.
constexpr qsizetype longestAddress = 8192;

Error noAddress(const QString &message) {
    return Error{ErrorCode::InvalidAddress, message, {}};
}

bool isPadding(QChar c) {
    // The zero-width ones come along when text is copied from a web page.
    return c.isSpace() || u"\"'`<>\u201C\u201D\u2018\u2019\u200B\u2060\uFEFF"_s.contains(c);
}

QStringView trimPadding(QStringView text) {
    while (!text.isEmpty() && isPadding(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() &&
           (isPadding(text.back()) || text.back() == u',' || text.back() == u';'))
        text.chop(1);
    return text;
}

bool isNameChar(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
           c == u'-';
}

bool isResourceName(QStringView text) {
    return !text.isEmpty() && text.size() <= 63 && text.front() != u'-' && text.back() != u'-' &&
           std::all_of(text.begin(), text.end(), isNameChar);
}

/// The old keys are 32 hexadecimal digits and would pass for a resource's name.
bool looksLikeKey(QStringView text) {
    const bool hex = std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
    return (text.size() == 32 && hex) || (text.size() >= 40 && !text.contains(u'-') &&
                                          std::all_of(text.begin(), text.end(), isNameChar));
}

struct Pieces {
    QStringView scheme; ///< empty if the text has none
    QStringView authority;
    QStringView path;
    QStringView query;
};

Pieces cut(QStringView text) {
    const auto isDelimiter = [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; };
    const auto endOfAuthority = [&](QStringView rest) {
        return std::find_if(rest.begin(), rest.end(), isDelimiter) - rest.begin();
    };

    Pieces pieces;
    const qsizetype first = endOfAuthority(text);
    if (first > 0 && text[first - 1] == u':' && text.sliced(first).startsWith(u"//")) {
        pieces.scheme = text.first(first - 1);
        text = text.sliced(first + 2);
    } else if (text.startsWith(u"//")) {
        text = text.sliced(2);
    }

    const qsizetype end = endOfAuthority(text);
    pieces.authority = text.first(end);
    text = text.sliced(end);
    if (const qsizetype fragment = text.indexOf(u'#'); fragment >= 0)
        text = text.first(fragment);
    const qsizetype query = text.indexOf(u'?');
    pieces.path = query < 0 ? text : text.first(query);
    pieces.query = query < 0 ? QStringView() : text.sliced(query + 1);
    return pieces;
}

/// "https" or "http"; empty for anything that does not speak HTTP.
QString httpScheme(QStringView scheme) {
    const auto is = [&](QLatin1StringView name) {
        return scheme.compare(name, Qt::CaseInsensitive) == 0;
    };
    if (scheme.isEmpty() || is("https"_L1) || is("wss"_L1))
        return u"https"_s;
    if (is("http"_L1) || is("ws"_L1))
        return u"http"_s;
    return {};
}

/// What stands before the path of a text without a scheme: `host`, `host:port` or `[::1]:port`, and
/// not the `javascript:…` or `mailto:…` that would look alike.
bool isSchemelessAuthority(QStringView authority) {
    if (authority.startsWith(u'['))
        return true;
    const qsizetype colon = authority.indexOf(u':');
    const QStringView host = colon < 0 ? authority : authority.first(colon);
    const QStringView port = colon < 0 ? QStringView() : authority.sliced(colon + 1);
    const bool digits = std::all_of(port.begin(), port.end(), [](QChar c) { return c.isDigit(); });
    if (colon >= 0)
        return !host.isEmpty() && !port.isEmpty() && digits;
    return host.contains(u'.') || host.compare("localhost"_L1, Qt::CaseInsensitive) == 0;
}

void warnAboutHost(QStringView authority, const Endpoint &given, UrlParts &parts) {
    if (std::any_of(authority.begin(), authority.end(), [](QChar c) { return c.unicode() > 127; }))
        parts.warnings
            << u"The host name has letters outside a to z; it really is %1. Make sure that "
               "this is the host that shall get the key."_s.arg(given.host);
    if (parts.scheme == "http"_L1 && !given.isLoopback())
        parts.warnings
            << u"http:// sends the key in the clear and is accepted for this machine only; "
               "use https://."_s;
}

Result<void> readAuthority(QStringView authority, UrlParts &parts) {
    if (const qsizetype at = authority.lastIndexOf(u'@'); at >= 0) {
        authority = authority.sliced(at + 1);
        parts.warnings << u"The user name and password in the address were dropped."_s;
    }
    // As https, whatever the scheme: http is a warning here and not a refusal.
    const Result<Endpoint> given = parseEndpoint(u"https://"_s + authority.toString());
    if (!given)
        return noAddress(u"The address names no valid host or port; it should look like "
                         "https://my-resource.openai.azure.com."_s);
    warnAboutHost(authority, *given, parts);

    const QString host = withoutPrivateLink(given->host);
    if (host != given->host)
        parts.warnings
            << u"%1 is the private link's DNS name; %2 is used, the name its certificate "
               "is for."_s.arg(given->host, host);
    parts.host = host.contains(u':') ? u'[' + host + u']' : host;

    const bool givesPort = authority.sliced(authority.lastIndexOf(u']') + 1).contains(u':');
    const int ownPort = parts.scheme == "https"_L1 ? 443 : 80;
    parts.port = givesPort && given->port != ownPort ? given->port : -1;
    return {};
}

Result<void> refuseWhatIsNoAddress(QStringView clean) {
    if (clean.isEmpty())
        return noAddress(
            u"There is no address; paste the Target URI or the endpoint that the portal "
            "shows."_s);
    if (clean.size() > longestAddress)
        return noAddress(u"The text is too long to be an address; paste the Target URI alone."_s);
    const auto isBad = [](QChar c) {
        return c.isSpace() || c.category() == QChar::Other_Control || c == u'\\';
    };
    if (std::any_of(clean.begin(), clean.end(), isBad))
        return noAddress(u"An address has no spaces, line breaks or backslashes in it; paste the "
                         "Target URI alone."_s);
    const auto isPlaceholder = [](QChar c) { return u"<>{}"_s.contains(c); };
    if (std::any_of(clean.begin(), clean.end(), isPlaceholder))
        return noAddress(
            u"The address still has a placeholder in < > or { }; put in the real name."_s);
    if (looksLikeKey(clean))
        return noAddress(u"That looks like a key, not an address; put it into the key field."_s);
    return {};
}

} // namespace

QStringView cleanAddressText(QStringView text) {
    text = trimPadding(text);
    for (const QLatin1StringView method : {"POST"_L1, "GET"_L1}) {
        if (text.startsWith(method, Qt::CaseInsensitive) && text.size() > method.size() &&
            text[method.size()].isSpace())
            return trimPadding(text.sliced(method.size()));
    }
    return text;
}

Result<UrlParts> splitAddress(QStringView clean) {
    if (const Result<void> good = refuseWhatIsNoAddress(clean); !good)
        return good.error();

    UrlParts parts;
    if (isResourceName(clean) && clean.compare("localhost"_L1, Qt::CaseInsensitive) != 0) {
        parts.scheme = u"https"_s;
        parts.host = clean.toString().toLower() + u".openai.azure.com"_s;
        parts.warnings << u"Only a resource's name was given; %1 was assumed."_s.arg(parts.host);
        return parts;
    }

    const Pieces pieces = cut(clean);
    parts.scheme = httpScheme(pieces.scheme);
    if (parts.scheme.isEmpty())
        return noAddress(u"Only https:// addresses (and http:// on this machine) lead to a "
                         "deployment."_s);
    if (pieces.scheme.isEmpty() && !isSchemelessAuthority(pieces.authority))
        return noAddress(u"That is not a web address; it should look like "
                         "https://my-resource.openai.azure.com."_s);
    parts.path = pieces.path;
    parts.query = pieces.query;
    if (const Result<void> good = readAuthority(pieces.authority, parts); !good)
        return good.error();
    return parts;
}

} // namespace quaygate
