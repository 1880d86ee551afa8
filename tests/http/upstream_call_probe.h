#pragma once

#include "gateway/http/upstream_client.h"
#include "tests/support/event_loop.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace quaygate::test {

/// A call and everything that its callbacks said, in the order that the contract promises.
class CallProbe {
public:
    CallProbe(UpstreamClient &client, UpstreamRequest request) {
        UpstreamEvents events;
        events.onHead = [this](int itsStatus, const HeaderList &itsHeaders) {
            inOrder = inOrder && heads == 0 && body.isEmpty() && !ended;
            ++heads;
            status = itsStatus;
            headers = itsHeaders;
            if (onHead)
                onHead();
        };
        events.onBody = [this](QByteArrayView bytes) {
            inOrder = inOrder && heads == 1 && !ended && !bytes.isEmpty();
            received += bytes.size();
            largestPiece = std::max(largestPiece, bytes.size());
            if (keepBody)
                body += bytes;
            if (onBody)
                onBody();
        };
        events.onEnd = [this](const std::optional<UpstreamFailure> &itsFailure) {
            inOrder = inOrder && !ended;
            ended = true;
            failure = itsFailure;
            if (onEnd)
                onEnd();
        };
        sending = true;
        call = client.send(std::move(request), std::move(events));
        sending = false;
        calledFromSend = heads > 0 || received > 0 || ended;
    }
    CallProbe(const CallProbe &) = delete;
    CallProbe &operator=(const CallProbe &) = delete;

    bool waitForEnd() {
        return waitUntil([this] { return ended; });
    }

    std::unique_ptr<UpstreamCall> call;
    int heads = 0;
    int status = 0;
    HeaderList headers;
    QByteArray body;
    qint64 received = 0;
    qsizetype largestPiece = 0;
    bool keepBody = true;
    bool ended = false;
    bool inOrder = true;
    bool sending = false;
    bool calledFromSend = false;
    std::optional<UpstreamFailure> failure;
    std::function<void()> onHead;
    std::function<void()> onBody;
    std::function<void()> onEnd;
};

/// By default over the engine that the test program is for.
inline UpstreamRequest getRequest(const QByteArray &url) {
    UpstreamRequest request;
    request.http2 = QUAYGATE_TEST_HTTP2;
    request.method = "GET";
    request.url = url;
    return request;
}

inline UpstreamRequest postRequest(const QByteArray &url, const QByteArray &body) {
    UpstreamRequest request = getRequest(url);
    request.method = "POST";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body;
    return request;
}

} // namespace quaygate::test
