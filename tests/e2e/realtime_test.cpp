#include "gateway/gateway.h"
#include "tests/e2e/http_call.h"

#include <QTcpServer>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>
#include <QWebSocketServer>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

/// A WebSocket through the gateway, with a real client and a real server at its ends.
class Realtime : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(upstream.listen(QHostAddress::LocalHost));
        upstream.setSupportedSubprotocols({u"realtime"_s});
        QObject::connect(&upstream, &QWebSocketServer::newConnection, &upstream, [this] {
            peer.reset(upstream.nextPendingConnection());
            QObject::connect(peer.get(), &QWebSocket::textMessageReceived, peer.get(),
                             [this](const QString &text) { heard.append(text); });
            QObject::connect(peer.get(), &QWebSocket::binaryMessageReceived, peer.get(),
                             [this](const QByteArray &bytes) { binary.append(bytes); });
        });
        Backend backend;
        backend.name = u"rt"_s;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(upstream.serverPort());
        backend.deploymentName = u"gpt-realtime"_s;
        backend.auth.name = u"key"_s;
        config.gateway.port = 0;
        config.backends = {backend};
        config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"rt"_s}}, {}}};
        gateway.apply(std::make_shared<const Config>(config));
        gateway.start();
        ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    }

    QNetworkRequest request(const QString &target) const {
        QNetworkRequest request(QUrl(u"ws://127.0.0.1:%1%2"_s.arg(gateway.port()).arg(target)));
        request.setRawHeader("Authorization", "Bearer mine");
        request.setRawHeader("OpenAI-Beta", "realtime=v1");
        return request;
    }

    bool open(QWebSocket &client, const QNetworkRequest &request) {
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({u"realtime"_s, u"openai-insecure-api-key.mine"_s});
        client.open(request, options);
        return waitUntil([&] { return peer && client.state() == QAbstractSocket::ConnectedState; });
    }

    QWebSocketServer upstream{u"upstream"_s, QWebSocketServer::NonSecureMode};
    std::unique_ptr<QWebSocket> peer;
    QStringList heard;
    QByteArray binary;
    Config config;
    Gateway gateway{[](const Auth &, SecretStore::ReadDone done) { done(Secret("the-key"_ba)); }};
};

TEST_F(Realtime, TextAndBinaryGoBothWays) {
    QWebSocket client;
    QString answered;
    QByteArray answeredBytes;
    QObject::connect(&client, &QWebSocket::textMessageReceived, &client,
                     [&](const QString &text) { answered = text; });
    QObject::connect(&client, &QWebSocket::binaryMessageReceived, &client,
                     [&](const QByteArray &bytes) { answeredBytes = bytes; });
    ASSERT_TRUE(open(client, request(u"/r/v1/realtime?model=any&api-key=mine"_s)));
    EXPECT_EQ(peer->requestUrl().path(), u"/openai/v1/realtime"_s);
    EXPECT_EQ(peer->requestUrl().query(), u"model=gpt-realtime"_s);
    EXPECT_EQ(peer->request().rawHeader("api-key"), "the-key");
    EXPECT_EQ(peer->request().rawHeader("OpenAI-Beta"), "realtime=v1");
    EXPECT_TRUE(peer->request().rawHeader("Authorization").isEmpty());
    EXPECT_EQ(client.subprotocol(), u"realtime"_s);
    EXPECT_EQ(peer->request().rawHeader("Sec-WebSocket-Protocol"), "realtime");

    client.sendTextMessage(u"{\"type\":\"session.update\"}"_s);
    EXPECT_TRUE(
        waitUntil([&] { return heard == QStringList{u"{\"type\":\"session.update\"}"_s}; }));
    peer->sendTextMessage(u"é"_s);
    EXPECT_TRUE(waitUntil([&] { return answered == u"é"_s; }));
    const QByteArray much(3'000'000, '\x80');
    client.sendBinaryMessage(much);
    EXPECT_TRUE(waitUntil([&] { return binary == much; }));
    peer->sendBinaryMessage(much);
    EXPECT_TRUE(waitUntil([&] { return answeredBytes == much; }));
}

TEST_F(Realtime, PingsReachTheOtherEnd) {
    QWebSocket client;
    ASSERT_TRUE(open(client, request(u"/v1/realtime?model=gpt-realtime"_s)));
    QByteArray payload;
    QObject::connect(&client, &QWebSocket::pong, &client,
                     [&](quint64, const QByteArray &with) { payload = with; });
    client.ping("are you there");
    EXPECT_TRUE(waitUntil([&] { return payload == "are you there"; }));
}

TEST_F(Realtime, EachEndHearsWhyTheOtherCloses) {
    for (const bool byClient : {true, false}) {
        peer.reset();
        QWebSocket client;
        ASSERT_TRUE(open(client, request(u"/v1/realtime?model=rt"_s)));
        QWebSocket &closes = byClient ? client : *peer;
        QWebSocket &hears = byClient ? *peer : client;
        closes.close(static_cast<QWebSocketProtocol::CloseCode>(4001), u"enough"_s);
        EXPECT_TRUE(waitUntil([&] { return hears.state() == QAbstractSocket::UnconnectedState; }));
        EXPECT_EQ(static_cast<int>(hears.closeCode()), 4001);
        EXPECT_EQ(hears.closeReason(), u"enough"_s);
    }
}

TEST_F(Realtime, ALeavingClientClosesTheUpstream) {
    QWebSocket client;
    ASSERT_TRUE(open(client, request(u"/v1/realtime?model=rt"_s)));
    client.abort();
    EXPECT_TRUE(waitUntil([&] { return peer->state() == QAbstractSocket::UnconnectedState; }));
}

const QByteArray handshake = " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                             "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

TEST_F(Realtime, AForeignOriginIsRefused) {
    const HttpAnswer answer =
        call(gateway.port(), "GET /v1/realtime?model=rt" + handshake +
                                 "Origin: https://evil.example\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.errorCode(), u"forbidden_origin"_s);
    EXPECT_FALSE(peer);
}

TEST_F(Realtime, ARefusalIsAnAnswerOfHttp) {
    const QByteArray ask = handshake + "Connection: close\r\n\r\n";
    HttpAnswer answer = call(gateway.port(), "GET /v1/realtime?model=nobody" + ask);
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.errorCode(), u"model_not_found"_s);
    upstream.close();
    answer = call(gateway.port(), "GET /v1/realtime?model=rt" + ask);
    EXPECT_EQ(answer.status, 502);
    EXPECT_EQ(answer.errorCode(), u"connection_refused"_s);
}

TEST_F(Realtime, ASlowUpstreamHoldsTheClientBack) {
    // A plain socket at the end, because that can be left unread.
    QTcpServer unread;
    ASSERT_TRUE(unread.listen(QHostAddress::LocalHost));
    config.backends[0].endpoint = u"http://127.0.0.1:%1"_s.arg(unread.serverPort());
    gateway.apply(std::make_shared<const Config>(config));
    RawClient raw(gateway.port());
    raw.send("GET /r/v1/realtime HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
             "Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n");
    ASSERT_TRUE(waitUntil([&] { return unread.hasPendingConnections(); }));
    const std::unique_ptr<QTcpSocket> slow(unread.nextPendingConnection());
    slow->setReadBufferSize(4096);
    ASSERT_TRUE(waitUntil([&] { return slow->bytesAvailable() > 0; }));
    slow->readAll();
    slow->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    ASSERT_TRUE(raw.waitFor("\r\n\r\n"));
    const QByteArray much(64 * 1024 * 1024, 'x');
    raw.socket.write(much);
    qint64 before = -1; // until nobody on the way takes more
    EXPECT_TRUE(waitUntil([&] {
        raw.socket.flush();
        const qint64 left = raw.socket.bytesToWrite();
        return std::exchange(before, left) == left && left < much.size();
    }));
    EXPECT_GT(raw.socket.bytesToWrite(), 0);
    slow->setReadBufferSize(0);
    qint64 got = 0;
    EXPECT_TRUE(waitUntil([&] {
        got += slow->readAll().size();
        return got == much.size();
    }));
}

} // namespace
} // namespace quaygate
