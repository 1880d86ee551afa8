#include "gateway/http/http1_request.h"

#include "gateway/http/upstream_head.h"

#include <algorithm>

namespace quaygate {

namespace {

void append(std::string &text, QByteArrayView bytes) {
    text.append(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

void appendHost(std::string &text, const UpstreamTarget &target) {
    const bool isAddress = target.host.contains(':');
    append(text, isAddress ? "Host: [" : "Host: ");
    append(text, target.host);
    append(text, isAddress ? "]" : "");
    if (target.port != (target.tls ? 443 : 80))
        text.append(":").append(std::to_string(target.port));
    append(text, "\r\n");
}

void appendSecret(std::string &text, const QByteArray &name, const Secret &secret) {
    append(text, name);
    append(text, ": ");
    append(text, secret.reveal());
    append(text, "\r\n");
}

} // namespace

QByteArrayView targetOf(QByteArrayView url) {
    const qsizetype authority = url.indexOf(':') + 3;
    const QByteArrayView rest = url.sliced(authority);
    const auto *const start = std::find_if(rest.begin(), rest.end(),
                                           [](char c) { return c == '/' || c == '?' || c == '#'; });
    const QByteArrayView target = rest.sliced(start - rest.begin());
    const qsizetype fragment = target.indexOf('#');
    return fragment < 0 ? target : target.first(fragment);
}

void appendHttp1Head(std::string &text, const UpstreamRequest &request,
                     const UpstreamTarget &target) {
    append(text, request.method);
    const QByteArrayView path = targetOf(request.url);
    append(text, path.startsWith('/') ? " " : " /");
    append(text, path);
    append(text, " HTTP/1.1\r\n");
    // Before all others, as RFC 9110, 7.2 wishes.
    if (const auto host = request.headers.find("Host"); host && !host->isEmpty()) {
        append(text, "Host: ");
        append(text, *host);
        append(text, "\r\n");
    } else {
        appendHost(text, target);
    }
    if (!request.upgrade.isEmpty()) {
        append(text, "Connection: Upgrade\r\nUpgrade: ");
        append(text, request.upgrade);
        append(text, "\r\n");
    }
    bool hasEncoding = false;
    for (qsizetype i = 0; i < request.headers.size(); ++i) {
        const Header header = request.headers.at(i);
        if (isOfTheConnection(header.name) || sameHeader(header.name, "Host"))
            continue;
        hasEncoding = hasEncoding || sameHeader(header.name, "Accept-Encoding");
        if (!header.value.isEmpty()) {
            append(text, request.headers.line(i));
        } else {
            append(text, header.name);
            append(text, ":\r\n");
        }
    }
    if (!hasEncoding)
        append(text, "Accept-Encoding: identity\r\n");
    if (!request.secretHeader.isEmpty())
        appendSecret(text, request.secretHeader, request.secret);
    for (const auto &[name, secret] : request.moreSecrets)
        appendSecret(text, name, secret);
    if (sendsBody(request))
        text.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    append(text, "\r\n");
}

} // namespace quaygate
