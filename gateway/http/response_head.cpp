#include "gateway/http/response_head.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace quaygate {

namespace {

struct Reason {
    int status;
    const char *phrase;
};

constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{421, "Misdirected Request"},
    Reason{422, "Unprocessable Content"},
    Reason{424, "Failed Dependency"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
};

constexpr std::array<const char *, 9> hopByHopNames{"Connection",
                                                    "Keep-Alive",
                                                    "Proxy-Connection",
                                                    "Proxy-Authenticate",
                                                    "Proxy-Authorization",
                                                    "TE",
                                                    "Trailer",
                                                    "Transfer-Encoding",
                                                    "Upgrade"};

bool isSafe(QByteArrayView text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// IMF-fixdate, made once a second and thread.
QByteArray currentDate() {
    thread_local qint64 second = -1;
    thread_local QByteArray text;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (now != second) {
        second = now;
        text = QLocale::c()
                   .toString(QDateTime::fromSecsSinceEpoch(now).toUTC(),
                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                   .toLatin1();
    }
    return text;
}

void appendHeader(QByteArray &head, QByteArrayView name, QByteArrayView value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

} // namespace

bool isHopByHop(QByteArrayView name) {
    return std::any_of(hopByHopNames.begin(), hopByHopNames.end(),
                       [name](const char *other) { return sameHeader(name, other); });
}

QByteArrayView reasonPhrase(int status) {
    const auto found = std::find_if(reasons.begin(), reasons.end(), [status](const Reason &reason) {
        return reason.status == status;
    });
    return found == reasons.end() ? QByteArrayView("Unknown") : QByteArrayView(found->phrase);
}

QByteArray responseHead(int status, const HeaderList &headers, BodyFraming framing,
                        int minorVersion, bool keepAlive) {
    QByteArray head;
    head.reserve(512);
    head.append("HTTP/1.1 ").append(QByteArray::number(status)).append(' ');
    head.append(reasonPhrase(status)).append("\r\n");
    bool hasDate = false;
    for (const Header &header : headers) {
        if (isHopByHop(header.name) || !isSafe(header.name) || !isSafe(header.value))
            continue;
        // RFC 9110, 8.6: no length on 204; with chunks it would contradict them.
        if ((status == 204 || framing == BodyFraming::Chunked) &&
            sameHeader(header.name, "Content-Length"))
            continue;
        hasDate = hasDate || sameHeader(header.name, "Date");
        appendHeader(head, header.name, header.value);
    }
    if (!hasDate)
        appendHeader(head, "Date", currentDate());
    if (framing == BodyFraming::Chunked)
        appendHeader(head, "Transfer-Encoding", "chunked");
    if (!keepAlive)
        appendHeader(head, "Connection", "close");
    else if (minorVersion == 0)
        appendHeader(head, "Connection", "keep-alive");
    head.append("\r\n");
    return head;
}

} // namespace quaygate
