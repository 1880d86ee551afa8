#include "gateway/simulator/simulator.h"
#include "tests/simulator/ask.h"
#include "tests/simulator/raw_client.h"

#include <QCryptographicHash>
#include <QElapsedTimer>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

/// The simulator over real sockets.
namespace quaygate::simulator::test {
namespace {

const QByteArray hello = R"({"messages":[{"role":"user","content":"hi"}]})";
const QByteArray streamHello = R"({"messages":[{"role":"user","content":"hi"}],"stream":true})";

class SimulatorServer : public ::testing::Test {
protected:
    void SetUp() override {
        simulator.start([this](const Result<quint16> &result) {
            if (result)
                port = *result;
        });
        ASSERT_TRUE(waitUntil([&] { return port != 0; }));
        ASSERT_EQ(simulator.port(), port);
    }

    SimulatorStatistics settled() {
        EXPECT_TRUE(waitUntil([&] { return simulator.statistics().inFlight == 0; }));
        return simulator.statistics();
    }

    Simulator simulator{testSettings()};
    quint16 port = 0;
};

TEST_F(SimulatorServer, AnswersWhole) {
    RawClient client(port);
    client.post(chatPath, hello);
    ASSERT_TRUE(client.waitFor("}\n"));
    EXPECT_EQ(client.statusLine(), "HTTP/1.1 200 OK");
    EXPECT_TRUE(client.received().contains("Content-Length: "));
    EXPECT_FALSE(client.received().contains("Transfer-Encoding"));
    EXPECT_EQ(client.received().count("Content-Type"), 1);
    EXPECT_EQ(client.received().count("Date: "), 1);
    EXPECT_EQ(settled().completed, 1);
}

TEST_F(SimulatorServer, StreamsInChunks) {
    RawClient client(port);
    client.post(chatPath, streamHello);
    ASSERT_TRUE(client.waitFor("data: [DONE]\n\n\r\n0\r\n\r\n"));
    EXPECT_TRUE(client.received().contains("Transfer-Encoding: chunked\r\n"));
    EXPECT_FALSE(client.received().contains("Content-Length"));
    EXPECT_TRUE(
        client.received().contains("\r\nContent-Type: text/event-stream; charset=utf-8\r\n"));
    EXPECT_EQ(settled().completed, 1);
}

TEST_F(SimulatorServer, KeepsConnectionsAlive) {
    RawClient client(port);
    client.post(chatPath, hello);
    client.post(v1ChatPath, hello);
    ASSERT_TRUE(client.waitFor("missing_required_parameter")) << client.received().toStdString();
    EXPECT_EQ(client.received().count("HTTP/1.1 "), 2);
}

TEST_F(SimulatorServer, CountsAClientThatLeavesInMidStream) {
    RawClient client(port);
    client.post(chatPath, streamHello, "x-simulator-fault: silent-gap;ms=3600000\r\n");
    ASSERT_TRUE(client.waitFor("\"role\":\"assistant\""));
    EXPECT_EQ(simulator.statistics().inFlight, 1);
    client.leave();
    const SimulatorStatistics statistics = settled();
    EXPECT_EQ(statistics.cancelled, 1);
    EXPECT_EQ(statistics.completed, 0);
}

TEST_F(SimulatorServer, CountsAClientThatLeavesBeforeTheFirstByte) {
    RawClient client(port);
    client.post(chatPath, hello, "x-simulator-fault: slow-first-byte;ms=3600000\r\n");
    ASSERT_TRUE(waitUntil([&] { return simulator.statistics().inFlight == 1; }));
    EXPECT_TRUE(client.received().isEmpty());
    client.leave();
    EXPECT_EQ(settled().cancelled, 1);
}

TEST_F(SimulatorServer, WaitsBeforeASlowFirstByte) {
    RawClient client(port);
    QElapsedTimer timer;
    timer.start();
    client.post(chatPath, hello, "x-simulator-fault: slow-first-byte;ms=80\r\n");
    ASSERT_TRUE(client.waitFor("HTTP/1.1 200"));
    EXPECT_GE(timer.elapsed(), 80);
}

TEST_F(SimulatorServer, PacesTokens) {
    RawClient client(port);
    QElapsedTimer timer;
    timer.start();
    client.post(chatPath,
                R"({"messages":[{"role":"user","content":"hi"}],"stream":true,"max_tokens":4})",
                "x-simulator-fault: silent-gap;ms=60;after=2\r\n");
    ASSERT_TRUE(client.waitFor("data: [DONE]"));
    EXPECT_GE(timer.elapsed(), 60);
}

TEST_F(SimulatorServer, CutsAStream) {
    for (const QByteArray &body : {streamHello, hello}) {
        RawClient client(port);
        client.post(chatPath, body, "x-simulator-fault: cut;after=1\r\n");
        ASSERT_TRUE(client.waitFor("HTTP/1.1 200 OK"));
        ASSERT_TRUE(client.waitForClose());
        EXPECT_TRUE(client.received().contains("Transfer-Encoding: chunked"));
        EXPECT_TRUE(client.received().contains("content_filter_results"))
            << "what came before is there";
        EXPECT_FALSE(client.received().endsWith("0\r\n\r\n"));
    }
    EXPECT_EQ(settled().cut, 2);
}

TEST_F(SimulatorServer, ResetsAConnection) {
    RawClient client(port);
    client.post(chatPath, hello, "x-simulator-fault: reset\r\n");
    ASSERT_TRUE(client.waitForClose());
    EXPECT_TRUE(client.received().isEmpty());
    EXPECT_EQ(settled().cut, 1);
}

TEST_F(SimulatorServer, WritesByteByByte) {
    RawClient client(port);
    client.post(chatPath,
                R"({"messages":[{"role":"user","content":"hi"}],"stream":true,"max_tokens":2})",
                "x-simulator-fault: one-byte-writes\r\n");
    ASSERT_TRUE(client.waitFor("\r\n0\r\n\r\n"));
    EXPECT_TRUE(
        client.received().contains("\r\n\r\n1\r\nd\r\n1\r\na\r\n1\r\nt\r\n1\r\na\r\n1\r\n:\r\n"));
    EXPECT_EQ(settled().completed, 1);
}

TEST_F(SimulatorServer, SendsALongAnswerToASlowReader) {
    RawClient client(port);
    client.post(chatPath, streamHello, "x-simulator-tokens: 5000\r\n");
    ASSERT_TRUE(client.waitFor("data: [DONE]"));
    EXPECT_GT(client.received().size(), 1'000'000);
    EXPECT_EQ(settled().completed, 1);
}

TEST_F(SimulatorServer, RemembersTheLastRequestWithoutItsKeys) {
    RawClient client(port);
    client.post(chatPath + "&subscription-key=right-key"_ba, hello,
                "x-custom: kept\r\nAuthorization: Bearer right-key\r\n");
    ASSERT_TRUE(client.waitFor("}\n"));
    const SimulatorStatistics statistics = settled();
    EXPECT_EQ(statistics.requests, 1);
    EXPECT_EQ(statistics.lastMethod, "POST");
    EXPECT_EQ(statistics.lastTarget, chatPath + "&subscription-key=(redacted)"_ba);
    EXPECT_EQ(statistics.lastBody, hello);
    EXPECT_EQ(statistics.lastHeaders.value("x-custom"), "kept");
    EXPECT_EQ(statistics.lastHeaders.value("api-key"), "(redacted)");
    EXPECT_EQ(statistics.lastHeaders.value("authorization"), "(redacted)");
    EXPECT_TRUE(statistics.lastKeyMatched);
    EXPECT_EQ(statistics.lastKeyHash,
              QCryptographicHash::hash("right-key", QCryptographicHash::Sha256).toHex());
}

TEST_F(SimulatorServer, RemembersAFormWithoutTheSecretInIt) {
    RawClient client(port);
    client.post(
        "/contoso.onmicrosoft.com/oauth2/v2.0/token", "client_id=a&client_secret=right-key&scope=b",
        "Content-Type: application/x-www-form-urlencoded\r\nX-IDENTITY-HEADER: right-key\r\n");
    ASSERT_TRUE(client.waitFor("AADSTS"));
    const SimulatorStatistics statistics = settled();
    EXPECT_EQ(statistics.lastBody, "client_id=a&client_secret=(redacted)&scope=b");
    EXPECT_EQ(statistics.lastHeaders.value("X-IDENTITY-HEADER"), "(redacted)");
}

TEST_F(SimulatorServer, EndsWithAnswersInFlight) {
    auto other = std::make_unique<Simulator>(testSettings());
    quint16 otherPort = 0;
    other->start([&](const Result<quint16> &result) { otherPort = result ? *result : 0; });
    ASSERT_TRUE(waitUntil([&] { return otherPort != 0; }));
    RawClient client(otherPort);
    client.post(chatPath, streamHello, "x-simulator-fault: silent-gap;ms=3600000\r\n");
    ASSERT_TRUE(client.waitFor("HTTP/1.1 200 OK"));
    other.reset();
    EXPECT_TRUE(client.waitForClose());
}

TEST_F(SimulatorServer, SaysWhenItsPortIsTaken) {
    SimulatorSettings settings = testSettings();
    settings.port = port;
    Simulator second(std::move(settings));
    std::optional<ErrorCode> code;
    second.start([&](const Result<quint16> &result) {
        code = result ? ErrorCode::Internal : result.error().code;
    });
    ASSERT_TRUE(waitUntil([&] { return code.has_value(); }));
    EXPECT_EQ(*code, ErrorCode::AddressInUse);
    EXPECT_EQ(second.port(), 0);
}

TEST(SimulatorSettings, WithAWrongFaultDoNotStart) {
    SimulatorSettings settings = testSettings();
    settings.deployments[0].fault = u"nonsense"_s;
    Simulator simulator(std::move(settings));
    std::optional<ErrorCode> code;
    simulator.start([&](const Result<quint16> &result) {
        code = result ? ErrorCode::Internal : result.error().code;
    });
    ASSERT_TRUE(waitUntil([&] { return code.has_value(); }));
    EXPECT_EQ(*code, ErrorCode::BadRequest);
}

} // namespace
} // namespace quaygate::simulator::test
