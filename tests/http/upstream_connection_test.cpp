#include "gateway/http/curl_loop.h"
#include "gateway/http/upstream_connection.h"
#include "tests/support/event_loop.h"
#include "tests/support/scripted_upstream.h"
#include "tests/support/test_certificates.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

/// Opens a connection, sends what it is given and keeps what comes.
class Talker : public UpstreamConnectionUser {
public:
    Talker() = default;
    explicit Talker(std::shared_ptr<CurlLoop> loop, const ConnectionSettings &settings,
                    std::chrono::milliseconds limit = 10s)
        : connection(
              std::make_unique<UpstreamConnection>(std::move(loop), settings, limit, *this)) {}

    void connectionOpened() override {
        opened = true;
        connection->watch(true, !toSend.isEmpty());
        if (onOpened)
            onOpened();
    }
    void connectionFailed(UpstreamCause itsCause, UpstreamPhase itsPhase,
                          const QString &itsReason) override {
        cause = itsCause;
        phase = itsPhase;
        reason = itsReason;
    }
    void connectionReady(bool readable, bool writable) override {
        if (writable)
            sendMore();
        if (readable)
            receive();
    }

    void say(const QByteArray &bytes) {
        toSend = bytes;
        sent = 0;
        sendMore();
    }

    void sendMore() {
        const auto taken = connection->send(QByteArrayView(toSend).sliced(sent));
        broken = !taken;
        sent += taken.value_or(0);
        connection->watch(true, !broken && sent < toSend.size());
    }

    void receive() {
        while (!ended) {
            std::array<char, 20'000> buffer;
            const auto got = connection->receive(buffer.data(), qsizetype(buffer.size()));
            using Outcome = UpstreamConnection::Received::Outcome;
            if (got.outcome == Outcome::End || got.outcome == Outcome::Broken) {
                ended = true;
                broken = got.outcome == Outcome::Broken;
                connection->watch(false, false);
            }
            received.append(buffer.data(), got.size);
            if (!got.mayHoldMore)
                return;
        }
    }

    std::unique_ptr<UpstreamConnection> connection;
    std::function<void()> onOpened;
    bool opened = false;
    bool ended = false;
    bool broken = false;
    QByteArray toSend;
    qsizetype sent = 0;
    QByteArray received;
    std::optional<UpstreamCause> cause;
    std::optional<UpstreamPhase> phase;
    QString reason;
};

class UpstreamConnectionTest : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        certificates = TestCertificates::get();
        if (!certificates)
            FAIL() << "the openssl program could not make the certificates";
        upstream = GetParam() ? std::make_unique<ScriptedUpstream>(certificates->good())
                              : std::make_unique<ScriptedUpstream>();
        upstream->onBytes = [](UpstreamPeer &peer) { // echoes
            peer.send(std::exchange(peer.received, {}));
        };
        settings.target = *upstreamTarget(upstream->url());
        if (GetParam())
            settings.caFile = certificates->caFile().toLocal8Bit();
    }
    ~UpstreamConnectionTest() override { loop->stop(); }

    const TestCertificates *certificates = nullptr;
    std::unique_ptr<ScriptedUpstream> upstream;
    std::shared_ptr<CurlLoop> loop = std::make_shared<CurlLoop>([] {});
    ConnectionSettings settings;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(All, UpstreamConnectionTest, ::testing::Bool(),
                         [](const auto &info) { return info.param ? "Tls" : "Plain"; });

TEST_P(UpstreamConnectionTest, CarriesBytesBothWays) {
    Talker talker(loop, settings);
    EXPECT_FALSE(talker.opened); // told later
    ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
    EXPECT_TRUE(talker.connection->isOpen());
    for (const QByteArray &words : {"one"_ba, "\0two\r\n"_ba, QByteArray(300'000, 'x')}) {
        talker.received.clear();
        talker.say(words);
        ASSERT_TRUE(waitUntil([&] { return talker.received.size() == words.size(); }));
        EXPECT_TRUE(talker.received == words);
    }
    EXPECT_EQ(upstream->accepted(), 1);
}

TEST_P(UpstreamConnectionTest, SendsAsMuchAsThePeerTakes) {
    QByteArray received;
    upstream->onBytes = [&](UpstreamPeer &peer) { received += std::exchange(peer.received, {}); };
    Talker talker(loop, settings);
    ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
    const QByteArray much = QByteArray("0123456789abcdef!").repeated(800'000);
    talker.say(much); // more than fits between the two, and nobody reads meanwhile
    EXPECT_LT(talker.sent, much.size());
    ASSERT_TRUE(waitUntil([&] { return received.size() == much.size(); }));
    EXPECT_TRUE(received == much);
    EXPECT_EQ(talker.sent, much.size());
}

TEST_P(UpstreamConnectionTest, TellsTheEnd) {
    Talker talker(loop, settings);
    ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
    talker.say("hello");
    ASSERT_TRUE(waitUntil([&] { return talker.received == "hello"; }));
    EXPECT_TRUE(talker.connection->isQuiet());
    upstream->peer(0).send(" and bye");
    upstream->peer(0).close();
    ASSERT_TRUE(waitUntil([&] { return talker.ended; }));
    EXPECT_EQ(talker.received, "hello and bye");
}

TEST_P(UpstreamConnectionTest, IsNotQuietWhenSomethingHasCome) {
    for (const bool closes : {false, true}) {
        Talker talker(loop, settings);
        ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
        talker.say("hello");
        ASSERT_TRUE(waitUntil([&] { return talker.received == "hello"; }));
        talker.connection->watch(false, false);
        // With TLS 1.3 tickets come unasked, which are nobody's business.
        EXPECT_FALSE(waitUntil([&] { return !talker.connection->isQuiet(); }, 50ms));
        const int peer = upstream->accepted() - 1;
        if (closes)
            upstream->peer(peer).close();
        else
            upstream->peer(peer).send("x");
        EXPECT_TRUE(waitUntil([&] { return !talker.connection->isQuiet(); }));
    }
}

TEST_P(UpstreamConnectionTest, MayBeDestroyedWhenItOpens) {
    Talker talker(loop, settings);
    talker.onOpened = [&] { talker.connection.reset(); };
    ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
    EXPECT_TRUE(waitUntil([&] { return upstream->accepted() == 1 && upstream->open() == 0; }));
}

TEST_P(UpstreamConnectionTest, MayStopTheLoopWhenItOpensAndOutliveIt) {
    Talker talker(loop, settings);
    Talker other(loop, settings);
    talker.onOpened = [&] { loop->stop(); };
    ASSERT_TRUE(waitUntil([&] { return talker.opened || other.opened; }));
    other.onOpened = talker.onOpened;
    ASSERT_TRUE(waitUntil([&] { return loop->isStopped(); }));
    EXPECT_TRUE(waitUntil([&] { return upstream->open() == 0; }));
    EXPECT_FALSE(talker.connection->send("x"));
}

TEST_P(UpstreamConnectionTest, LivesOnWhileOthersComeAndGo) {
    Talker talker(loop, settings);
    ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
    for (int i = 0; i < 3; ++i) {
        Talker other(loop, settings);
        ASSERT_TRUE(waitUntil([&] { return other.opened; }));
    }
    talker.say("still here");
    ASSERT_TRUE(waitUntil([&] { return talker.received == "still here"; }));
}

TEST_P(UpstreamConnectionTest, SaysWhyItDoesNotOpen) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    settings.target.port = server.serverPort();
    server.close();
    Talker talker(loop, settings);
    ASSERT_TRUE(waitUntil([&] { return talker.cause.has_value(); }));
    EXPECT_EQ(talker.cause, UpstreamCause::Refused);
    EXPECT_EQ(talker.phase, UpstreamPhase::Connecting);
    EXPECT_FALSE(talker.reason.isEmpty());
    EXPECT_FALSE(talker.connection->isOpen());
}

TEST_P(UpstreamConnectionTest, HasALimitForOpening) {
    ScriptedUpstream silent{QSslConfiguration()};
    silent.handshakes = false;
    settings.target = *upstreamTarget(silent.url());
    Talker talker(loop, settings, 100ms);
    ASSERT_TRUE(waitUntil([&] { return talker.cause.has_value(); }));
    EXPECT_EQ(talker.cause, UpstreamCause::TimedOut);
    EXPECT_EQ(talker.phase, UpstreamPhase::Handshake);
}

TEST(UpstreamClientConnection, IsOpenedLikeThatOfARequest) {
    const auto *certificates = TestCertificates::get();
    if (!certificates)
        FAIL() << "the openssl program could not make the certificates";
    ScriptedUpstream upstream(certificates->good());
    upstream.onBytes = [](UpstreamPeer &peer) { peer.send(std::exchange(peer.received, {})); };
    UpstreamClient client;
    UpstreamRequest request;
    request.url = upstream.url("/some/path");
    request.caFile = certificates->caFile();

    Talker talker;
    auto connection = client.open(request, talker);
    ASSERT_TRUE(connection);
    talker.connection = std::move(connection).value();
    ASSERT_TRUE(waitUntil([&] { return talker.opened; }));
    talker.say("hello");
    ASSERT_TRUE(waitUntil([&] { return talker.received == "hello"; }));

    request.caFile = u"/no/such/file.pem"_s;
    EXPECT_EQ(client.open(request, talker).error().code, ErrorCode::FileUnreadable);
    request.url = "nowhere";
    EXPECT_EQ(client.open(request, talker).error().code, ErrorCode::InvalidAddress);
}
