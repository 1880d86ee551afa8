#include "gateway/config/path_prefix.h"

#include <QByteArray>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype maxLength = 256;

bool isHexDigit(QChar c) {
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

bool isLetterOrDigit(QChar c) {
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

/// True if every "%" begins an escape, and none of them hides a slash, a backslash or a control
/// character, which clients, proxies and routers would each read in their own way.
bool hasGoodEscapes(const QString &segment) {
    for (qsizetype at = segment.indexOf(u'%'); at >= 0; at = segment.indexOf(u'%', at + 3)) {
        const QString digits = segment.mid(at + 1, 2);
        if (digits.size() < 2 || !std::all_of(digits.begin(), digits.end(), isHexDigit))
            return false;
        const int byte = digits.toInt(nullptr, 16);
        if (byte == '/' || byte == '\\' || byte == '%' || byte < 0x20 || byte == 0x7f)
            return false;
    }
    return true;
}

QString segmentProblem(const QString &what, const QString &segment) {
    if (segment.isEmpty())
        return u"%1 must not hold “//”."_s.arg(what);
    const bool plain = std::all_of(segment.begin(), segment.end(), [](QChar c) {
        return isLetterOrDigit(c) || (c.unicode() < 0x80 && "%-._~!$&'()*+,;=:@"_L1.contains(c));
    });
    if (!plain)
        return what + u" may hold letters, digits and “-._~!$&'()*+,;=:@”; write anything else "
                      "percent-encoded, as in %20."_s;
    if (!hasGoodEscapes(segment))
        return u"“%” must be followed by two hexadecimal digits that stand for an ordinary "
               "character."_s;
    const QByteArray decoded = QByteArray::fromPercentEncoding(segment.toLatin1());
    if (decoded == "." || decoded == "..")
        return u"%1 must not hold “.” or “..”."_s.arg(what);
    return {};
}

} // namespace

QString pathPrefixProblem(const QString &prefix) {
    if (prefix.isEmpty())
        return u"A route needs a path prefix, such as /azure-openai."_s;
    return pathProblem(u"The path prefix"_s, prefix);
}

QString pathProblem(const QString &what, const QString &path) {
    if (!path.startsWith(u'/'))
        return u"%1 must start with “/”, as in /azure-openai."_s.arg(what);
    if (path == "/"_L1)
        return {};
    if (path.size() > maxLength)
        return u"%1 has at most %2 characters."_s.arg(what).arg(maxLength);
    if (path.contains(u'?') || path.contains(u'#'))
        return u"%1 is a path alone: leave out what follows “?” or “#”."_s.arg(what);
    if (path.endsWith(u'/'))
        return u"%1 must not end with “/”."_s.arg(what);
    const QStringList segments = path.mid(1).split(u'/');
    for (const QString &segment : segments) {
        if (const QString problem = segmentProblem(what, segment); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString comparablePathPrefix(const QString &prefix) {
    return QString::fromUtf8(QByteArray::fromPercentEncoding(prefix.toUtf8()));
}

} // namespace quaygate
