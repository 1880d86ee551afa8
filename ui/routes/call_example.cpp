#include "ui/routes/call_example.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// One argument for a POSIX shell, whatever is in it.
QString quoted(QString text) {
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// In double quotes where that suffices, because it reads better.
QString url(const QString &text) {
    const bool plain = !text.contains(u'"') && !text.contains(u'$') && !text.contains(u'`') &&
                       !text.contains(u'\\') && !text.contains(u'!');
    return plain ? u'"' + text + u'"' : quoted(text);
}

} // namespace

QString routeUrl(const QString &gatewayUrl, const Route &route) {
    return gatewayUrl + route.match.pathPrefix;
}

QString curlExample(const QString &gatewayUrl, const Route &route) {
    return u"curl %1 \\\n  -H \"Content-Type: application/json\" \\\n  -d '%2'"_s.arg(
        url(routeUrl(gatewayUrl, route)),
        uR"({"messages": [{"role": "user", "content": "Hello!"}]})"_s);
}

} // namespace quaygate
