#include "gateway/http/response_head.h"

#include "gateway/http/http_text.h"

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

constexpr HeaderNames<9> hopByHopNames{{"Connection", "Keep-Alive", "Proxy-Connection",
                                        "Proxy-Authenticate", "Proxy-Authorization", "TE",
                                        "Trailer", "Transfer-Encoding", "Upgrade"}};

/// `line` ends with CR LF; nothing else in it may end a line, or be another control.
bool isOneLine(QByteArrayView line) {
    return isFieldText(line.chopped(2));
}

/// With the time as IMF-fixdate; made once a second and thread.
QByteArrayView currentDateLine() {
    thread_local qint64 second = -1;
    thread_local QByteArray text;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (now != second) {
        second = now;
        text = QLocale::c()
                   .toString(QDateTime::fromSecsSinceEpoch(now).toUTC(),
                             QStringLiteral("'Date': ddd, dd MMM yyyy hh:mm:ss 'GMT\r\n'"))
                   .toLatin1();
    }
    return text;
}

void append(std::string &head, QByteArrayView text) {
    head.append(text.data(), static_cast<std::size_t>(text.size()));
}

} // namespace

bool isHopByHop(QByteArrayView name) {
    return hopByHopNames.contains(name);
}

QByteArrayView reasonPhrase(int status) {
    const auto found = std::find_if(reasons.begin(), reasons.end(), [status](const Reason &reason) {
        return reason.status == status;
    });
    return found == reasons.end() ? QByteArrayView("Unknown") : QByteArrayView(found->phrase);
}

void appendResponseHead(std::string &head, int status, const HeaderList &headers,
                        BodyFraming framing, int minorVersion, bool keepAlive) {
    head.append("HTTP/1.1 ").append(std::to_string(status)).append(" ");
    append(head, reasonPhrase(status));
    head.append("\r\n");
    bool hasDate = false;
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QByteArrayView name = headers.at(i).name;
        if (isHopByHop(name) || !isOneLine(headers.line(i)))
            continue;
        // RFC 9110, 8.6: no length on 204; with chunks it would contradict them.
        if ((status == 204 || framing == BodyFraming::Chunked) &&
            sameHeader(name, "Content-Length"))
            continue;
        hasDate = hasDate || sameHeader(name, "Date");
        append(head, headers.line(i));
    }
    if (!hasDate)
        append(head, currentDateLine());
    if (framing == BodyFraming::Chunked)
        head.append("Transfer-Encoding: chunked\r\n");
    if (!keepAlive)
        head.append("Connection: close\r\n");
    else if (minorVersion == 0)
        head.append("Connection: keep-alive\r\n");
    head.append("\r\n");
}

void appendUpgradeHead(std::string &head, QByteArrayView protocol, const HeaderList &headers) {
    head.append("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ");
    append(head, protocol);
    head.append("\r\n");
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QByteArrayView name = headers.at(i).name;
        if (!isHopByHop(name) && !sameHeader(name, "Content-Length") && isOneLine(headers.line(i)))
            append(head, headers.line(i));
    }
    head.append("\r\n");
}

} // namespace quaygate
