#include "gateway/http/http_server.h"
#include "tests/support/raw_client.h"

#include <QTcpServer>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::RawClient;
using test::waitUntil;

/// A server whose exchanges the test holds and answers itself.
struct Fixture {
    explicit Fixture(ServerLimits limits = {})
        : server([this](ExchangePtr exchange) { exchanges.push_back(std::move(exchange)); }, limits)
        , port(server.listen({QHostAddress(QHostAddress::LocalHost)}, 0).value()) {}

    ExchangePtr next() {
        waitUntil([this] { return taken < exchanges.size(); });
        return taken < exchanges.size() ? exchanges[taken++] : nullptr;
    }

    std::vector<ExchangePtr> exchanges;
    std::size_t taken = 0;
    HttpServer server;
    quint16 port;
};

const QByteArray get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST(HttpServer, AnswersAndKeepsTheConnection) {
    Fixture fixture;
    RawClient client(fixture.port);
    for (int i = 0; i < 3; ++i) {
        client.send(get);
        const ExchangePtr exchange = fixture.next();
        ASSERT_TRUE(exchange);
        EXPECT_EQ(exchange->request().target, "/a");
        EXPECT_TRUE(exchange->request().peer.isLoopback());
        exchange->respond(200, {{"X-Turn", QByteArray::number(i)}}, "hello");
        EXPECT_TRUE(exchange->isClosed());
        ASSERT_TRUE(client.waitFor("X-Turn: " + QByteArray::number(i)));
    }
    EXPECT_TRUE(waitUntil([&] { return client.received().count("hello") == 3; }));
    EXPECT_EQ(client.received().count("Content-Length: 5\r\n"), 3);
    EXPECT_EQ(client.received().count("\r\nDate: "), 3);
    EXPECT_EQ(client.socket.state(), QAbstractSocket::ConnectedState);
}

TEST(HttpServer, StreamsInChunks) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    exchange->begin(200, {{"Content-Type", "text/event-stream"}});
    ASSERT_TRUE(client.waitFor("Transfer-Encoding: chunked\r\n\r\n"));
    exchange->write("data: 1\n\n");
    ASSERT_TRUE(client.waitFor("9\r\ndata: 1\n\n\r\n"));
    exchange->write("data: 2\n\n");
    exchange->end();
    ASSERT_TRUE(client.waitFor("9\r\ndata: 2\n\n\r\n0\r\n\r\n"));
    EXPECT_EQ(client.socket.state(), QAbstractSocket::ConnectedState);
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrderOneAtATime) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
                "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    for (const QByteArray target : {"/1", "/2", "/3"}) {
        const ExchangePtr exchange = fixture.next();
        ASSERT_TRUE(exchange);
        EXPECT_EQ(exchange->request().target, target);
        EXPECT_EQ(fixture.exchanges.size(), fixture.taken) << "a second one is in flight";
        exchange->begin(200, {});
        exchange->write(target);
        exchange->end();
    }
    ASSERT_TRUE(client.waitForClose());
    const QByteArray all = client.received();
    EXPECT_LT(all.indexOf("/1"), all.indexOf("/2"));
    EXPECT_LT(all.indexOf("/2"), all.indexOf("/3"));
    EXPECT_EQ(all.count("HTTP/1.1 200 OK"), 3);
    EXPECT_EQ(all.count("Connection: close"), 1);
}

TEST(HttpServer, AnswersOneDotZeroWithoutChunksAndCloses) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send("GET / HTTP/1.0\r\n\r\n");
    const ExchangePtr exchange = fixture.next();
    exchange->begin(200, {});
    exchange->write("part");
    exchange->write("s");
    exchange->end();
    ASSERT_TRUE(client.waitForClose());
    EXPECT_TRUE(client.received().endsWith("\r\n\r\nparts"));
    EXPECT_FALSE(client.received().contains("chunked"));
}

TEST(HttpServer, HeadAndNoContentHaveNoBody) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    fixture.next()->respond(200, {}, "hello");
    ASSERT_TRUE(client.waitFor("Content-Length: 5\r\n"));
    client.send(get);
    fixture.next()->respond(204, {}, "");
    ASSERT_TRUE(client.waitFor("HTTP/1.1 204 No Content\r\n"));
    EXPECT_FALSE(client.received().contains("hello"));
    EXPECT_TRUE(client.received().endsWith("\r\n\r\n"));
    client.send(get);
    fixture.next()->respond(200, {}, "still in step");
    EXPECT_TRUE(client.waitFor("still in step"));
}

TEST(HttpServer, SendsContinueBeforeTheBody) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    ASSERT_TRUE(client.waitFor("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("body");
    const ExchangePtr exchange = fixture.next();
    EXPECT_EQ(exchange->request().body, "body");
    exchange->respond(200, {}, "");
    EXPECT_TRUE(client.waitFor("200 OK"));
}

TEST(HttpServer, RefusesAndCloses) {
    Fixture fixture({.bodyBytes = 10});
    struct Case {
        QByteArray bytes;
        QByteArray status;
    };
    for (const Case &c : {Case{"garbage\r\n\r\n", "400"},
                          Case{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n", "400"},
                          Case{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", "413"},
                          Case{"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                               "Content-Length: 11\r\n\r\n",
                               "413"},
                          Case{"GET /" + QByteArray(20'000, 'a') + " HTTP/1.1\r\n", "414"},
                          Case{"GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(70'000, 'a'), "431"},
                          Case{"GET / HTTP/7.0\r\nHost: a\r\n\r\n", "505"}}) {
        RawClient client(fixture.port);
        client.send(c.bytes);
        ASSERT_TRUE(client.waitForClose()) << c.bytes.left(60).toStdString();
        EXPECT_TRUE(client.received().startsWith("HTTP/1.1 " + c.status))
            << client.received().toStdString();
        EXPECT_TRUE(client.received().contains("Connection: close\r\n"));
        EXPECT_FALSE(client.received().contains("100 Continue"));
    }
    EXPECT_TRUE(fixture.exchanges.empty());
}

TEST(HttpServer, RefusalReachesAClientThatIsStillSending) {
    Fixture fixture({.bodyBytes = 1000});
    RawClient client(fixture.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n");
    client.send(QByteArray(9'000'000, 'x'));
    ASSERT_TRUE(client.waitFor("HTTP/1.1 413"));
}

TEST(HttpServer, SlowHeadersAndStalledBodiesTimeOut) {
    Fixture fixture({.headerTime = 50ms, .bodyStall = 50ms});
    RawClient head(fixture.port);
    head.send("GET / HTTP/1.1\r\nHos");
    RawClient body(fixture.port);
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab");
    ASSERT_TRUE(head.waitForClose());
    ASSERT_TRUE(body.waitForClose());
    EXPECT_TRUE(head.received().startsWith("HTTP/1.1 408"));
    EXPECT_TRUE(body.received().startsWith("HTTP/1.1 408"));
}

TEST(HttpServer, IdleConnectionsAreClosed) {
    Fixture fixture({.keepAlive = 50ms});
    RawClient client(fixture.port);
    client.send(get);
    fixture.next()->respond(200, {}, "x");
    ASSERT_TRUE(client.waitForClose());
    EXPECT_TRUE(client.received().endsWith("x"));
}

TEST(HttpServer, TooManyConnectionsAndExchangesAreTold) {
    Fixture fixture({.connections = 2, .inFlight = 1});
    RawClient first(fixture.port);
    RawClient second(fixture.port);
    first.send(get);
    const ExchangePtr exchange = fixture.next();
    second.send(get);
    ASSERT_TRUE(second.waitForClose());
    EXPECT_TRUE(second.received().startsWith("HTTP/1.1 503"));
    EXPECT_TRUE(second.received().contains("Retry-After: 1\r\n"));
    RawClient third(fixture.port);
    third.send(get);
    RawClient fourth(fixture.port);
    ASSERT_TRUE(fourth.waitForClose());
    EXPECT_TRUE(fourth.received().startsWith("HTTP/1.1 503"));
    exchange->respond(200, {}, "done");
    EXPECT_TRUE(first.waitFor("done"));
}

TEST(HttpServer, AClientThatLeavesIsNoticedDuringTheExchange) {
    Fixture fixture;
    int idle = 0;
    fixture.server.onIdle = [&] { ++idle; };
    RawClient client(fixture.port);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    bool left = false;
    exchange->onClosed = [&] { left = true; };
    EXPECT_EQ(fixture.server.inFlight(), 1);
    client.socket.abort();
    ASSERT_TRUE(waitUntil([&] { return left; }));
    EXPECT_TRUE(exchange->isClosed());
    EXPECT_EQ(fixture.server.inFlight(), 0);
    EXPECT_EQ(idle, 1);
    exchange->begin(200, {}); // harmless
    exchange->write("late");
    exchange->end();
}

TEST(HttpServer, AClientThatLeavesInMidStreamIsNoticed) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    bool left = false;
    exchange->onClosed = [&] { left = true; };
    exchange->begin(200, {});
    exchange->write("first");
    ASSERT_TRUE(client.waitFor("first"));
    client.socket.disconnectFromHost();
    EXPECT_TRUE(waitUntil([&] { return left; }));
}

TEST(HttpServer, AnExchangeDroppedCutsTheConnection) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send(get);
    ExchangePtr exchange = fixture.next();
    fixture.exchanges.clear();
    exchange->begin(200, {});
    exchange->write("half");
    ASSERT_TRUE(client.waitFor("half"));
    exchange.reset();
    ASSERT_TRUE(client.waitForClose());
    EXPECT_FALSE(client.received().contains("\r\n0\r\n"));
    EXPECT_EQ(fixture.server.inFlight(), 0);
}

TEST(HttpServer, FewerBytesThanAnnouncedCutTheConnection) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    exchange->begin(200, {{"Content-Length", "10"}});
    exchange->write("12345");
    exchange->end();
    ASSERT_TRUE(client.waitForClose());
    EXPECT_EQ(fixture.server.inFlight(), 0);
}

TEST(HttpServer, ASlowClientPausesAndResumesTheWriter) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.socket.setReadBufferSize(64 * 1024);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    int pauses = 0;
    int resumes = 0;
    exchange->onPause = [&] { ++pauses; };
    exchange->onResume = [&] { ++resumes; };
    exchange->begin(200, {});
    const QByteArray block(64 * 1024, 'x');
    qint64 written = 0;
    while (pauses == 0 && written < 64 * 1024 * 1024) {
        exchange->write(block);
        written += block.size();
        QCoreApplication::processEvents();
    }
    EXPECT_EQ(pauses, 1) << "the writer was never told to stop";
    EXPECT_LT(written, 32 * 1024 * 1024);
    client.socket.setReadBufferSize(0);
    ASSERT_TRUE(waitUntil([&] {
        client.received();
        return resumes == 1;
    }));
    exchange->end();
    ASSERT_TRUE(client.waitFor("\r\n0\r\n\r\n"));
    EXPECT_GT(client.received().size(), written);
}

TEST(HttpServer, AClientThatDoesNotReadIsCut) {
    Fixture fixture({.writeStall = 100ms});
    RawClient client(fixture.port);
    client.socket.setReadBufferSize(1024);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    bool left = false;
    exchange->onClosed = [&] { left = true; };
    exchange->begin(200, {});
    const QByteArray block(256 * 1024, 'x');
    ASSERT_TRUE(waitUntil([&] {
        exchange->write(left ? QByteArray() : block);
        return left;
    }));
}

TEST(HttpServer, StopListeningDrains) {
    Fixture fixture;
    RawClient idle(fixture.port);
    idle.send(get);
    fixture.next()->respond(200, {}, "x");
    ASSERT_TRUE(idle.waitFor("x"));
    RawClient busy(fixture.port);
    busy.send(get);
    const ExchangePtr exchange = fixture.next();
    fixture.server.stopListening();
    ASSERT_TRUE(idle.waitForClose());
    QTcpSocket refused;
    refused.connectToHost(QHostAddress::LocalHost, fixture.port);
    EXPECT_TRUE(
        waitUntil([&] { return refused.error() == QAbstractSocket::ConnectionRefusedError; }));
    exchange->respond(200, {}, "finished");
    ASSERT_TRUE(busy.waitForClose());
    EXPECT_TRUE(busy.received().endsWith("finished"));
    EXPECT_TRUE(busy.received().contains("Connection: close"));
}

TEST(HttpServer, APortInUseIsSaid) {
    Fixture fixture;
    HttpServer second([](ExchangePtr) {});
    const auto result = second.listen({QHostAddress(QHostAddress::LocalHost)}, fixture.port);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::AddressInUse);
    EXPECT_TRUE(result.error().message.contains(QString::number(fixture.port)));
}

TEST(HttpServer, ListensOnBothLoopbacksAtOnePort) {
    HttpServer server([](ExchangePtr exchange) { exchange->respond(200, {}, "x"); });
    const auto port = server.listen(
        {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)}, 0);
    ASSERT_TRUE(port);
    for (const auto host : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        RawClient client(*port, QHostAddress(host));
        client.send(get);
        EXPECT_TRUE(client.waitFor("200 OK"));
    }
}

TEST(HttpServer, ListeningElsewhereKeepsStreamsRunning) {
    Fixture fixture;
    RawClient client(fixture.port);
    client.send(get);
    const ExchangePtr exchange = fixture.next();
    exchange->begin(200, {});
    exchange->write("before");
    ASSERT_TRUE(client.waitFor("before"));
    const auto port = fixture.server.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
    ASSERT_TRUE(port);
    EXPECT_NE(*port, fixture.port);
    exchange->write("after");
    exchange->end();
    EXPECT_TRUE(client.waitFor("after"));
    RawClient newcomer(*port);
    newcomer.send(get);
    ASSERT_TRUE(fixture.next());
    QTcpSocket refused;
    refused.connectToHost(QHostAddress::LocalHost, fixture.port);
    EXPECT_TRUE(
        waitUntil([&] { return refused.error() == QAbstractSocket::ConnectionRefusedError; }));
}

TEST(HttpServer, RequestsSplitAtEveryByte) {
    Fixture fixture;
    const QByteArray bytes =
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    RawClient client(fixture.port);
    for (const char c : bytes) {
        client.send(QByteArray(1, c));
        QCoreApplication::processEvents();
    }
    const ExchangePtr exchange = fixture.next();
    ASSERT_TRUE(exchange);
    EXPECT_EQ(exchange->request().body, "abc");
    exchange->respond(200, {}, "x");
    EXPECT_TRUE(client.waitFor("200 OK"));
}

TEST(HttpServer, ItsEndCutsWhatIsInFlight) {
    RawClient *client = nullptr;
    ExchangePtr exchange;
    bool left = false;
    {
        Fixture fixture;
        client = new RawClient(fixture.port);
        client->send(get);
        exchange = fixture.next();
        exchange->onClosed = [&] { left = true; };
    }
    EXPECT_TRUE(left);
    EXPECT_TRUE(client->waitForClose());
    exchange->respond(200, {}, "too late");
    delete client;
}

} // namespace
} // namespace quaygate
