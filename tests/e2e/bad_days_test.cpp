#include "gateway/gateway.h"
#include "gateway/simulator/simulator.h"
#include "tests/e2e/http_call.h"

#include <QJsonArray>

#include <gtest/gtest.h>

#include <array>
#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace quaygate::test;

namespace quaygate {
namespace {

/// Every way in which the simulator fails. What breaks a stream does so before its first event: of
/// one that has begun nothing can be taken back.
constexpr std::array faults{
    "429;retry=1",
    "429-both;retry=1",
    "429-ms;retry=1",
    "429-seconds;retry=1",
    "429-date;retry=1",
    "429-text;retry=1",
    "429-none",
    "429-reset;retry=1",
    "429-apim;retry=1",
    "429-capacity",
    "401-permission",
    "403-keys-disabled",
    "403-network",
    "404-deployment",
    "408",
    "424",
    "500",
    "html-502",
    "503",
    "slow-first-byte;ms=60000",
    "silent-gap;ms=30",
    "mid-stream-error;after=0",
    "cut;after=0",
    "reset",
    "one-byte-writes",
    "async-filter",
};
constexpr int requestsOfEach = 385; // 10,010 in all
constexpr int atOnce = 12;

QByteArray withoutChunks(QByteArrayView wire) {
    QByteArray text;
    while (true) {
        const qsizetype line = wire.indexOf("\r\n");
        if (line < 0)
            return text;
        const qsizetype size = wire.first(line).toByteArray().toLongLong(nullptr, 16);
        text.append(wire.sliced(line + 2, std::min(size, wire.size() - line - 2)));
        if (size == 0 || wire.size() < line + 2 + size + 2)
            return text;
        wire = wire.sliced(line + 2 + size + 2);
    }
}

QJsonObject objectOf(QByteArrayView json) {
    return QJsonDocument::fromJson(json.toByteArray()).object();
}

/// What the model said, or null if the answer is not whole.
QString textOf(const QByteArray &received, bool isStream) {
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (!received.startsWith("HTTP/1.1 200 ") || end < 0)
        return {};
    const QByteArray head = received.first(end).toLower();
    const QByteArray wire = received.sliced(end + 4);
    const QByteArray body =
        head.contains("transfer-encoding: chunked") ? withoutChunks(wire) : wire;
    if (!isStream)
        return objectOf(body)["choices"_L1][0]["message"_L1]["content"_L1].toString();
    if (body.count("data: [DONE]") != 1 || body.contains("\"error\""))
        return {};
    QString text;
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("data: {"))
            text += objectOf(line.sliced(6))["choices"_L1][0]["delta"_L1]["content"_L1].toString();
    }
    return text;
}

/// Asks a gateway so many times, a few at once, and compares what came with what was asked.
class Askers {
public:
    explicit Askers(quint16 port) : m_port(port) {}

    void ask(int count) {
        m_left += count;
        while (m_left > 0 && m_inFlight < atOnce)
            begin();
        ASSERT_TRUE(waitUntil([this] { return m_inFlight == 0; }, 120s));
    }

    int asked = 0;
    int streams = 0;
    QStringList failures;

private:
    void begin() {
        --m_left;
        ++m_inFlight;
        const int number = asked++;
        const bool isStream = number % 3 == 0;
        streams += isStream ? 1 : 0;
        auto *const socket = new QTcpSocket(&m_parent);
        auto received = std::make_shared<QByteArray>();
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
                         [socket, received] { received->append(socket->readAll()); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket,
                         [this, socket, received, number, isStream] {
                             received->append(socket->readAll());
                             check(number, isStream, *received);
                             socket->deleteLater();
                             --m_inFlight;
                             if (m_left > 0)
                                 begin();
                         });
        const QByteArray body = R"({"stream":)" + QByteArray(isStream ? "true" : "false") +
                                R"(,"messages":[{"role":"user","content":"request )" +
                                QByteArray::number(number) + R"( of many"}]})";
        socket->connectToHost(QHostAddress::LocalHost, m_port);
        socket->write(post("/r", body, "x-simulator-pace: 0\r\n"));
    }

    void check(int number, bool isStream, const QByteArray &received) {
        const QString text = textOf(received, isStream);
        const QString asked = u"> request %1 of many"_s.arg(number);
        const bool isWhole = text.startsWith(u"**Hello"_s) && text.endsWith(u"was billed."_s);
        if (!isWhole || text.count(asked) != 1 || text.count(u"Hello"_s) != 1)
            failures.append(u"%1%2: %3"_s.arg(
                QString::number(number), isStream ? u" (stream)"_s : QString(),
                QString::fromUtf8(received.first(std::min<qsizetype>(received.size(), 600)))));
    }

    QObject m_parent;
    quint16 m_port;
    int m_left = 0;
    int m_inFlight = 0;
};

Backend deployment(const QString &name, quint16 port, const QString &fault) {
    Backend backend;
    backend.name = name;
    backend.endpoint = u"http://127.0.0.1:%1"_s.arg(port);
    backend.deploymentName = u"chat"_s;
    backend.auth.kind = Auth::Kind::None;
    if (!fault.isEmpty())
        backend.headers = {{u"x-simulator-fault"_s, fault}};
    return backend;
}

/// Three resources: one fails in every way, one after the other, changed under way; one answers 429
/// half the time; one is well.
TEST(BadDays, ReachNoClient) {
    SimulatorSettings settings;
    settings.tokenInterval = 0ms;
    settings.deployments = {{u"chat"_s, u"gpt-4.1-mini"_s, {}}};
    Simulator simulator(settings);
    quint16 upstream = 0;
    simulator.start([&](const Result<quint16> &result) { upstream = result.value(); });
    ASSERT_TRUE(waitUntil([&] { return upstream != 0; }));

    Config config;
    config.gateway.port = 0;
    config.gateway.workers = 2;
    Route route;
    route.name = u"r"_s;
    route.match.pathPrefix = u"/r"_s;
    route.backends = {{u"failing"_s}, {u"busy"_s}, {u"well"_s}};
    route.retry = Retry{6, {401, 403, 404, 408, 424, 429, 500, 502, 503, 504}, 5ms, 20s};
    route.cooldown = {3, 20ms};
    route.timeouts.firstByte = 250ms;
    config.routes = {route};

    Gateway gateway{[](const Auth &, SecretStore::ReadDone) {}};
    std::unique_ptr<Askers> askers;
    for (const char *fault : faults) {
        config.backends = {
            deployment(u"failing"_s, upstream, QString::fromLatin1(fault)),
            deployment(u"busy"_s, upstream, u"429-ms;retry=0;every=2;label=busy"_s),
            deployment(u"well"_s, upstream, {}),
        };
        gateway.apply(std::make_shared<const Config>(config));
        if (!askers) {
            gateway.start();
            ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
            askers = std::make_unique<Askers>(gateway.port());
        }
        askers->ask(requestsOfEach);
        EXPECT_TRUE(askers->failures.isEmpty())
            << fault << ": " << askers->failures.size() << " failures, such as "
            << askers->failures.first().toStdString();
        askers->failures.clear();
    }
    EXPECT_GE(askers->asked, 10'000);
    EXPECT_GE(askers->streams, 3'333);
    EXPECT_GT(simulator.statistics().requests, askers->asked + 1000) << "days were bad indeed";
}

} // namespace
} // namespace quaygate
