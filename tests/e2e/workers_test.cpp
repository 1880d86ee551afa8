#include "gateway/gateway.h"
#include "gateway/simulator/simulator.h"
#include "tests/e2e/http_call.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

const QByteArray hello = R"({"messages":[{"role":"user","content":"Hi"}]})";
const QByteArray helloStream = R"({"stream":true,"messages":[{"role":"user","content":"Hi"}]})";

/// Every worker asks for the key once, so the number of askings tells how many of them served.
class Workers : public ::testing::Test {
protected:
    void SetUp() override {
        SimulatorSettings settings;
        settings.tokenInterval = std::chrono::milliseconds(0);
        settings.deployments = {{u"chat"_s, u"gpt-4.1-mini"_s, {}}};
        simulator = std::make_unique<Simulator>(settings);
        quint16 port = 0;
        simulator->start([&port](const Result<quint16> &result) { port = result.value(); });
        ASSERT_TRUE(waitUntil([&port] { return port != 0; }));

        Backend backend;
        backend.name = u"b"_s;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(port);
        backend.deploymentName = u"chat"_s;
        backend.auth = {Auth::Kind::Keychain, u"key"_s, {}};
        config.gateway.port = 0;
        config.backends = {backend};
        config.routes = {{u"r"_s, {u"/r"_s, {}}, {{u"b"_s}}, {}}};
    }

    void apply(int workers) {
        config.gateway.workers = workers;
        gateway.apply(std::make_shared<const Config>(config));
        if (gateway.state() == Gateway::State::Stopped)
            gateway.start();
        ASSERT_TRUE(waitUntil([this] { return gateway.state() == Gateway::State::Running; }));
    }

    /// How many workers a number of connections, one after the other, was spread over.
    int workersThatServe(int connections) {
        gateway.forgetSecrets();
        askings = 0;
        for (int i = 0; i < connections; ++i)
            EXPECT_EQ(call(gateway.port(), post("/r", hello)).status, 200);
        return askings;
    }

    int askings = 0;
    Config config;
    std::unique_ptr<Simulator> simulator;
    Gateway gateway{[this](const Auth &, SecretStore::ReadDone done) {
        ++askings;
        done(Secret("key"_ba));
    }};
};

TEST_F(Workers, ShareTheConnectionsEvenly) {
    apply(3);
    EXPECT_EQ(workersThatServe(3), 3);
    EXPECT_EQ(workersThatServe(6), 3);
}

TEST_F(Workers, AreAsManyAsTheSnapshotSays) {
    for (const int count : {1, 4, 2, 3, 1}) {
        apply(count);
        EXPECT_EQ(workersThatServe(8), count);
    }
}

TEST_F(Workers, ThatAreTooManyFinishTheirStreams) {
    apply(3);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(gateway.port()));
        clients.back()->send(post("/r", helloStream, "x-simulator-fault: silent-gap;ms=300\r\n"));
        ASSERT_TRUE(clients.back()->waitFor("data: {"));
    }
    apply(1);
    EXPECT_EQ(workersThatServe(3), 1);
    for (const auto &client : clients)
        EXPECT_TRUE(client->waitFor("data: [DONE]"));
}

TEST_F(Workers, ShareTheLimitOfConnections) {
    config.gateway.limits.connections = 4;
    apply(3);
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 4; ++i) {
        idle.push_back(std::make_unique<RawClient>(gateway.port()));
        idle.back()->send("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
        ASSERT_TRUE(idle.back()->waitFor("\r\n\r\n")); // it is in
    }
    EXPECT_EQ(call(gateway.port(), post("/r", hello)).status, 503);
    idle.pop_back();
    EXPECT_TRUE(waitUntil([&] { return call(gateway.port(), post("/r", hello)).status == 200; }));
}

TEST_F(Workers, ShareTheLimitOfRequests) {
    config.gateway.limits.inFlight = 2;
    apply(3);
    std::vector<std::unique_ptr<RawClient>> busy;
    for (int i = 0; i < 2; ++i) {
        busy.push_back(std::make_unique<RawClient>(gateway.port()));
        busy.back()->send(post("/r", hello, "x-simulator-fault: slow-first-byte;ms=60000\r\n"));
    }
    ASSERT_TRUE(waitUntil([&] { return simulator->statistics().inFlight == 2; }));
    const HttpAnswer refused = call(gateway.port(), post("/r", hello));
    EXPECT_EQ(refused.status, 503);
    EXPECT_FALSE(refused.header("retry-after").isEmpty());
}

TEST_F(Workers, AllStopAndServeAgain) {
    apply(3);
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 3; ++i) {
        idle.push_back(std::make_unique<RawClient>(gateway.port()));
        idle.back()->send("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
        ASSERT_TRUE(idle.back()->waitFor("\r\n\r\n"));
    }
    gateway.stop();
    ASSERT_TRUE(waitUntil([this] { return gateway.state() == Gateway::State::Stopped; }));
    for (const auto &client : idle)
        EXPECT_TRUE(client->waitForClose());
    gateway.start();
    ASSERT_TRUE(waitUntil([this] { return gateway.state() == Gateway::State::Running; }));
    EXPECT_EQ(workersThatServe(6), 3);
}

} // namespace
} // namespace quaygate
