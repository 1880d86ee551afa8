#include "gateway/pipeline/web_socket.h"

#include "gateway/azure/web_socket_url.h"
#include "gateway/http/http_text.h"

namespace quaygate {

namespace {

bool lists(const HeaderList &headers, QByteArrayView name, QByteArrayView wanted) {
    bool found = false;
    for (const Header &header : headers) {
        if (sameHeader(header.name, name))
            forEachListElement(header.value, [&](QByteArrayView element) {
                found = found || sameHeader(element, wanted);
            });
    }
    return found;
}

} // namespace

bool asksForWebSocket(const HttpRequest &request) {
    return request.method == "GET" && request.minorVersion > 0 &&
           request.headers.contains("Sec-WebSocket-Key") &&
           lists(request.headers, "Upgrade", "websocket") &&
           lists(request.headers, "Connection", "upgrade");
}

HeaderList handshakeHeaders(const HeaderList &client) {
    HeaderList headers;
    // The last tells Azure's preview of Realtime apart.
    for (const QByteArrayView name : {"Sec-WebSocket-Key", "Sec-WebSocket-Version",
                                      "Sec-WebSocket-Extensions", "OpenAI-Beta"}) {
        if (const auto value = client.find(name))
            headers.append(name, *value);
    }
    if (const auto offered = client.find("Sec-WebSocket-Protocol")) {
        if (const QByteArray kept = withoutCredentials(*offered); !kept.isEmpty())
            headers.append("Sec-WebSocket-Protocol", kept);
    }
    return headers;
}

} // namespace quaygate
