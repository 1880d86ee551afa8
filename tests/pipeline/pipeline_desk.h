#pragma once

#include "gateway/http/http_server.h"
#include "gateway/pipeline/pipeline.h"
#include "tests/support/event_loop.h"
#include "tests/support/raw_client.h"
#include "tests/support/scripted_upstream.h"

#include <gtest/gtest.h>

#include <deque>

namespace quaygate::test {

using namespace Qt::StringLiterals;

inline const QByteArray body = R"({"messages":[],"model":"any"})";

inline QByteArray answer(int status, const QByteArray &text, const QByteArray &headers = {}) {
    return "HTTP/1.1 " + QByteArray::number(status) + " x\r\n" + headers +
           "Content-Length: " + QByteArray::number(text.size()) + "\r\n\r\n" + text;
}

/// One deployment that does what a test says; what it has nothing to say for, it serves.
struct Deployment {
    ScriptedUpstream upstream;
    std::deque<std::function<void(UpstreamPeer &)>> script;

    explicit Deployment(const QByteArray &name) {
        upstream.onRequest = [this, name](UpstreamPeer &peer, const RawRequest &) {
            if (script.empty())
                return peer.send(answer(200, "from " + name));
            const auto act = script.front();
            script.pop_front();
            act(peer);
        };
    }

    void says(const QByteArray &bytes, int times = 1) {
        for (int i = 0; i < times; ++i)
            script.push_back([bytes](UpstreamPeer &peer) { peer.send(bytes); });
    }
    void breaksOff(const QByteArray &bytes) {
        script.push_back([bytes](UpstreamPeer &peer) {
            peer.send(bytes);
            peer.close();
        });
    }
    qsizetype asked() const { return upstream.requests().size(); }
};

/// A route over "east" (asked first), "west" and "spare", on the thread of the test.
class PipelineDesk : public testing::Test {
protected:
    PipelineDesk() {
        int priority = 0;
        route.name = u"r"_s;
        route.match.pathPrefix = u"/r"_s;
        for (const auto &[name, deployment] :
             {std::pair{u"east"_s, &east}, {u"west"_s, &west}, {u"spare"_s, &spare}}) {
            Backend backend;
            backend.name = name;
            backend.endpoint = QString::fromUtf8(deployment->upstream.url(""));
            backend.deploymentName = u"d"_s;
            backend.auth.kind = Auth::Kind::None;
            config.backends.append(backend);
            route.backends.append({name, 1, priority++});
        }
        const auto listening = server.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        port = listening.value();
        pipeline.setAccess({QHostAddress(QHostAddress::LocalHost), port});
    }

    void apply() {
        config.routes = {route};
        pipeline.setSnapshot(std::make_shared<const Config>(config));
    }

    static QByteArray request(const QByteArray &path, const QByteArray &text,
                              const QByteArray &headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" +
               "Content-Type: application/json\r\n" + headers +
               "Connection: close\r\nContent-Length: " + QByteArray::number(text.size()) +
               "\r\n\r\n" + text;
    }

    /// All that the client gets.
    QByteArray send(const QByteArray &bytes) {
        RawClient client(port);
        client.send(bytes);
        EXPECT_TRUE(client.waitForClose());
        return client.received();
    }

    QByteArray ask(const QByteArray &path = "/r", const QByteArray &text = body,
                   const QByteArray &headers = {}) {
        return send(request(path, text, headers));
    }

    Deployment east{"east"};
    Deployment west{"west"};
    Deployment spare{"spare"};
    Config config;
    Route route;
    std::deque<TrafficRecord> records; ///< of the exchanges that are over
    Pipeline pipeline{[](const Backend &, std::optional<quint64>, auto) {},
                      {.metrics = [] { return "some_metric 1\n"_ba; },
                       .sink =
                           [this](std::unique_ptr<TrafficRecord> record) {
                               records.push_back(std::move(*record));
                           }}};
    HttpServer server{[this](ExchangePtr exchange) { pipeline.handle(std::move(exchange)); }};
    quint16 port = 0;
};

} // namespace quaygate::test
