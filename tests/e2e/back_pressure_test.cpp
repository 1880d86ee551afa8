#include "gateway/gateway.h"
#include "tests/e2e/http_call.h"

#include <QFile>
#include <QTcpServer>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

constexpr qint64 megabyte = 1024 * 1024;
constexpr qint64 answerBytes = 500 * megabyte;

/// Answers any request with an endless-looking body, as fast as it is taken.
class Firehose {
public:
    Firehose() {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, &server, [this] { answer(); });
            QObject::connect(socket, &QTcpSocket::bytesWritten, &server, [this] { pour(); });
        });
    }

    void answer() {
        socket->readAll();
        if (!std::exchange(answered, true))
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                          QByteArray::number(answerBytes) + "\r\n\r\n");
    }

    void pour() {
        while (given < answerBytes && socket->bytesToWrite() < megabyte) {
            socket->write(block);
            given += block.size();
        }
    }

    QTcpServer server;
    QTcpSocket *socket = nullptr;
    const QByteArray block = QByteArray(megabyte, 'x');
    qint64 given = 0;
    bool answered = false;
};

/// Resident memory of this process, in bytes; 0 where that is not known or, because
/// AddressSanitizer keeps what was freed, says nothing.
qint64 residentBytes() {
#ifdef __SANITIZE_ADDRESS__
    return 0;
#endif
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * 4096;
}

TEST(BackPressure, AHugeAnswerToASlowClientCostsNoMemory) {
    Firehose upstream;
    Gateway gateway([](const Auth &, SecretStore::ReadDone) {});
    Config config;
    config.gateway.port = 0;
    Backend backend;
    backend.name = u"b"_s;
    backend.endpoint = u"http://127.0.0.1:%1"_s.arg(upstream.server.serverPort());
    backend.deploymentName = u"d"_s;
    backend.auth.kind = Auth::Kind::None;
    config.backends = {backend};
    config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"b"_s}}, {}}};
    gateway.apply(std::make_shared<const Config>(config));
    gateway.start();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));

    RawClient client(gateway.port());
    client.socket.setReadBufferSize(64 * 1024);
    const qint64 before = residentBytes();
    client.send(post("/r", R"({"messages":[]})"));
    ASSERT_TRUE(client.waitFor("\r\n\r\n"));
    qint64 taken = client.received().size() - (client.received().indexOf("\r\n\r\n") + 4);

    // The client reads no more: upstream can give only what buffers on the way hold.
    qint64 held = -1;
    int looksWithoutChange = 0;
    ASSERT_TRUE(waitUntil([&] {
        looksWithoutChange = upstream.given == held ? looksWithoutChange + 1 : 0;
        held = upstream.given;
        return held > 0 && looksWithoutChange == 20;
    }));
    EXPECT_LT(held, 32 * megabyte);
    EXPECT_LT(residentBytes() - before, 24 * megabyte);

    // Every byte is looked at on its way, which takes long with sanitizers.
    ASSERT_TRUE(waitUntil(
        [&] {
            taken += client.socket.readAll().size();
            return taken >= answerBytes || client.socket.state() != QAbstractSocket::ConnectedState;
        },
        std::chrono::minutes(3)));
    taken += client.socket.readAll().size();
    EXPECT_EQ(taken, answerBytes);
    EXPECT_LT(residentBytes() - before, 24 * megabyte);
}

} // namespace
} // namespace quaygate
