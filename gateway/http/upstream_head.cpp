#include "gateway/http/upstream_head.h"

#include "gateway/http/http_text.h"
#include "gateway/http/upstream_client.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArray joined(QByteArrayView name, QByteArrayView end, QByteArrayView value = {}) {
    QByteArray line;
    line.reserve(name.size() + end.size() + value.size());
    return line.append(name).append(end).append(value);
}

/// For a body of 1 MiB libcurl asks for "100 Continue" first, and waits for it; we stay well below.
constexpr qsizetype expectingBodyBytes = 512 * 1024;

/// No CR, LF or NUL.
bool isHeaderValue(QByteArrayView value) {
    return !value.contains('\r') && !value.contains('\n') && !value.contains('\0');
}

} // namespace

/// Said by whoever writes the head, or about another connection than the one upstream.
bool isOfTheConnection(QByteArrayView name) {
    static constexpr HeaderNames<10> names{{"connection", "content-length", "expect", "keep-alive",
                                            "proxy-authorization", "te", "proxy-authenticate",
                                            "trailer", "transfer-encoding", "upgrade"}};
    return names.contains(name);
}

bool sendsBody(const UpstreamRequest &request) {
    const QByteArray &method = request.method;
    if (!request.body.isEmpty())
        return method != "HEAD";
    const bool canDoWithout = method == "GET" || method == "DELETE" || method == "OPTIONS" ||
                              method == "TRACE" || method == "HEAD";
    return !canDoWithout;
}

std::optional<Error> requestHeadFault(const UpstreamRequest &request) {
    const auto fault = [](const QString &message, const QString &detail = {}) {
        return Error{ErrorCode::BadRequest, message, detail};
    };
    const auto isGoodSecret = [](const QByteArray &name, const Secret &secret) {
        return isHeaderValue(secret.reveal()) && isToken(name);
    };
    const bool areGood =
        std::all_of(request.moreSecrets.begin(), request.moreSecrets.end(),
                    [&](const auto &header) { return isGoodSecret(header.first, header.second); });
    if (!areGood ||
        (!request.secretHeader.isEmpty() && !isGoodSecret(request.secretHeader, request.secret)))
        return fault(
            u"The key of this backend holds a line break or a NUL; store it again without."_s);
    if (!isToken(request.method))
        return fault(u"The request's method is not a word that HTTP knows."_s);
    for (const Header &header : request.headers) {
        if (!isToken(header.name) || !isHeaderValue(header.value)) {
            const auto name = header.name.first(std::min<qsizetype>(header.name.size(), 64));
            return fault(u"A header of the request holds a character that no header may hold; "
                         "remove it from the client's settings."_s,
                         QString::fromLatin1(name));
        }
    }
    return std::nullopt;
}

QList<QByteArray> requestHeaderLines(const UpstreamRequest &request) {
    QList<QByteArray> lines;
    lines.reserve(request.headers.size() + 4);
    for (const Header &header : request.headers) {
        if (isOfTheConnection(header.name))
            continue;
        // "Name;" is how libcurl is told of a header without a value.
        lines.append(header.value.isEmpty() ? joined(header.name, ";")
                                            : joined(header.name, ": ", header.value));
    }
    // Silences what libcurl would add on its own.
    if (request.body.size() >= expectingBodyBytes)
        lines.append("Expect:"_ba);
    if (!request.headers.contains("Accept"))
        lines.append("Accept:"_ba);
    if (!request.headers.contains("Content-Type"))
        lines.append("Content-Type:"_ba);
    if (!request.headers.contains("Accept-Encoding"))
        lines.append("Accept-Encoding: identity"_ba);
    return lines;
}

ResponseHead::Outcome ResponseHead::line(QByteArrayView line) {
    if (m_complete)
        return Outcome::More;
    m_bytes += line.size();
    if (m_bytes > maxBytes)
        return Outcome::TooLarge;

    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty()) {
        m_complete = m_status >= 200;
        return m_complete ? Outcome::Complete : Outcome::More;
    }
    if (!startsAnswer(line))
        readField(line);
    return Outcome::More;
}

/// "HTTP/1.1 200 OK" or "HTTP/2 200".
bool ResponseHead::startsAnswer(QByteArrayView line) {
    if (!line.startsWith("HTTP/"))
        return false;
    const qsizetype space = line.indexOf(' ');
    if (space < 0 || line.size() < space + 4)
        return false;
    bool ok = false;
    const int status = line.sliced(space + 1, 3).toByteArray().toInt(&ok);
    if (!ok)
        return false;
    begin(status);
    return true;
}

void ResponseHead::begin(int status) {
    constexpr qsizetype usualBytes = 2000; // of an answer of Azure's
    m_status = status;
    m_headers = {};
    m_headers.reserve(usualBytes);
}

void ResponseHead::readField(QByteArrayView line) {
    if ((line.startsWith(' ') || line.startsWith('\t')) && !m_headers.isEmpty()) {
        m_headers.extendLast(trimBlanks(line));
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon > 0)
        m_headers.append(line.first(colon), trimBlanks(line.sliced(colon + 1)));
}

} // namespace quaygate
