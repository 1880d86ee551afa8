#include "gateway/http/http_server.h"
#include "tests/support/raw_client.h"

#include <QElapsedTimer>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::RawClient;
using test::waitUntil;

const QByteArray ask = "GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                       "Upgrade: websocket\r\n\r\n";

/// A client whose connection leaves HTTP.
class Upgrade : public testing::Test {
protected:
    Upgrade() { client.emplace(port); }

    /// Holds the request of a client.
    bool begin(const QByteArray &behind = {}) {
        client->send(ask + behind);
        return waitUntil([this] { return exchange != nullptr; });
    }

    void upgrade() {
        exchange->onBytes = [this](QByteArrayView bytes) { got += bytes.toByteArray(); };
        exchange->onClosed = [this] { left = true; };
        exchange->upgrade("websocket", {{"X-Own", "1"}, {"Connection", "close"}});
    }

    ExchangePtr exchange;
    QByteArray got;
    bool left = false;
    HttpServer server{[this](ExchangePtr one) { exchange = std::move(one); }};
    quint16 port = server.listen({QHostAddress(QHostAddress::LocalHost)}, 0).value();
    std::optional<RawClient> client;
};

TEST_F(Upgrade, BytesGoBothWaysAsTheyAre) {
    ASSERT_TRUE(begin());
    upgrade();
    ASSERT_TRUE(client->waitFor("\r\n\r\n"));
    EXPECT_EQ(client->received(), "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                                  "Upgrade: websocket\r\nX-Own: 1\r\n\r\n");
    EXPECT_TRUE(exchange->hasBegun());
    client->send("GET / HTTP/1.1\r\n\r\n"_ba + QByteArray(3, '\0'));
    EXPECT_TRUE(
        waitUntil([&] { return got == "GET / HTTP/1.1\r\n\r\n"_ba + QByteArray(3, '\0'); }));
    exchange->write("\x81\x02hi");
    ASSERT_TRUE(client->waitFor("\r\n\r\n\x81\x02hi"));
    exchange->end();
    EXPECT_TRUE(client->waitForClose());
    EXPECT_TRUE(client->received().endsWith("\x81\x02hi"));
    EXPECT_FALSE(left);
}

TEST_F(Upgrade, AnIdleOneIsNotClosed) {
    ServerLimits limits;
    limits.keepAlive = 20ms;
    limits.headerTime = 20ms;
    limits.bodyStall = 20ms;
    server.setLimits(limits);
    client.emplace(port);
    ASSERT_TRUE(begin());
    upgrade();
    ASSERT_TRUE(client->waitFor("\r\n\r\n"));
    QElapsedTimer clock;
    clock.start();
    EXPECT_TRUE(waitUntil([&] { return clock.elapsed() > 100; }));
    EXPECT_EQ(client->socket.state(), QAbstractSocket::ConnectedState);
    EXPECT_FALSE(left);
}

TEST_F(Upgrade, WhoDoesNotReadHoldsTheClientBack) {
    ASSERT_TRUE(begin());
    upgrade();
    exchange->setReading(false);
    ASSERT_TRUE(client->waitFor("\r\n\r\n"));
    const QByteArray much(64 * 1024 * 1024, 'x');
    client->socket.write(much);
    qint64 before = -1; // until the kernel takes no more
    EXPECT_TRUE(waitUntil([&] {
        client->socket.flush();
        return std::exchange(before, client->socket.bytesToWrite()) == before;
    }));
    EXPECT_GT(client->socket.bytesToWrite(), 0);
    EXPECT_TRUE(got.isEmpty());
    exchange->setReading(true);
    EXPECT_TRUE(waitUntil([&] { return got.size() == much.size(); }));
}

TEST_F(Upgrade, AClientThatDoesNotReadIsToldOf) {
    ASSERT_TRUE(begin());
    upgrade();
    bool paused = false;
    exchange->onPause = [&] { paused = true; };
    exchange->onResume = [&] { paused = false; };
    client->socket.setReadBufferSize(1024);
    const QByteArray piece(64 * 1024, 'y');
    qint64 written = 0;
    while (!paused && written < 64 * 1024 * 1024) {
        exchange->write(piece);
        written += piece.size();
    }
    EXPECT_TRUE(paused);
    client->socket.setReadBufferSize(0);
    EXPECT_TRUE(waitUntil([&] {
        client->received();
        return !paused;
    }));
}

TEST_F(Upgrade, AClientThatLeavesIsToldOf) {
    ASSERT_TRUE(begin());
    upgrade();
    ASSERT_TRUE(client->waitFor("\r\n\r\n"));
    client->send("bye");
    client->socket.disconnectFromHost();
    EXPECT_TRUE(waitUntil([&] { return left; }));
    EXPECT_EQ(got, "bye");
}

TEST_F(Upgrade, ADroppedExchangeCutsTheClient) {
    ASSERT_TRUE(begin());
    upgrade();
    exchange.reset();
    EXPECT_TRUE(client->waitForClose());
}

TEST_F(Upgrade, WhatCameBeforeTheAnswerIsNotTakenForTheOtherProtocol) {
    ASSERT_TRUE(begin("\x81\x02hi"));
    upgrade();
    EXPECT_TRUE(client->waitForClose());
    EXPECT_TRUE(client->received().isEmpty());
    EXPECT_TRUE(got.isEmpty());
}

} // namespace
} // namespace quaygate
