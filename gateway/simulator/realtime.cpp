#include "gateway/simulator/realtime.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/realtime_session.h"
#include "gateway/simulator/web_socket_frames.h"

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

bool offersRealtime(const HeaderList &headers) {
    const auto offered = headers.value("Sec-WebSocket-Protocol");
    for (const QByteArray &protocol : offered.value_or(QByteArray()).split(',')) {
        if (protocol.trimmed() == "realtime")
            return true;
    }
    return false;
}

} // namespace

SimulatedAnswer openRealtime(const Call &call, SimulatedResource &resource) {
    const HeaderList &headers = call.request->headers;
    const QByteArray upgrade = headers.value("Upgrade").value_or(QByteArray());
    const QByteArray key = headers.value("Sec-WebSocket-Key").value_or(QByteArray());
    if (!sameHeader(upgrade, "websocket") || QByteArray::fromBase64(key).size() != 16 ||
        headers.value("Sec-WebSocket-Version") != "13"_ba)
        return gatewayError(400, u"BadRequest"_s,
                            u"Realtime is a WebSocket; the request asks for none."_s);
    SimulatedAnswer answer;
    answer.status = 101;
    answer.speaker = SimulatedAnswer::Speaker::Model;
    answer.headers.append("Sec-WebSocket-Accept", webSocketAccept(key));
    if (offersRealtime(headers))
        answer.headers.append("Sec-WebSocket-Protocol", "realtime");
    answer.session = std::make_shared<RealtimeSession>(call, resource);
    return answer;
}

} // namespace quaygate::simulator
