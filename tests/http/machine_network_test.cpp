#include "gateway/http/connection_pool.h"
#include "gateway/http/curl_loop.h"
#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"

#include <gtest/gtest.h>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <filesystem>
#endif

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class AnsweringUpstream : public ScriptedUpstream {
public:
    AnsweringUpstream() {
        onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    }
};

/// Notes whom it is asked to connect to, and refuses.
class RefusingProxy : public ScriptedUpstream {
public:
    RefusingProxy() {
        onBytes = [this](UpstreamPeer &peer) {
            if (!peer.received.endsWith("\r\n\r\n"))
                return;
            asked.append(peer.received.left(peer.received.indexOf(" HTTP/")));
            peer.received.clear();
            peer.send("HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            peer.close();
        };
    }
    QString address() const { return u"http://127.0.0.1:%1"_s.arg(serverPort()); }

    QList<QByteArray> asked;
};

class OpenedOnce : public UpstreamConnectionUser {
public:
    void connectionOpened() override { opened = true; }
    void connectionFailed(UpstreamCause, UpstreamPhase, const QString &) override {}
    void connectionReady(bool, bool) override {}
    bool opened = false;
};

class Network : public ::testing::Test {
protected:
    bool works(const UpstreamRequest &request) {
        CallProbe probe(client, request);
        return probe.waitForEnd() && !probe.failure;
    }

    std::shared_ptr<MachineNetwork> network = std::make_shared<MachineNetwork>();
    UpstreamClient client{network};
};

} // namespace

TEST_F(Network, ConnectionsOfTheOneBeforeAreNotUsedAgain) {
    AnsweringUpstream upstream;
    const UpstreamRequest request = getRequest(upstream.url());
    EXPECT_TRUE(works(request));
    EXPECT_TRUE(works(request));
    EXPECT_EQ(upstream.accepted(), 1);
    network->moved();
    EXPECT_TRUE(works(request));
    EXPECT_TRUE(works(request));
    EXPECT_EQ(upstream.accepted(), 2);
}

TEST_F(Network, AChangedProxyOfTheSystemCountsFromTheNextRequestOn) {
    RefusingProxy one;
    RefusingProxy other;
    const UpstreamRequest request = getRequest("https://azure.invalid/openai");
    EXPECT_FALSE(works(request));
    network->setProxies({{"https://azure.invalid:443", one.address()}});
    EXPECT_FALSE(works(request));
    EXPECT_EQ(one.asked, QList<QByteArray>{"CONNECT azure.invalid:443"});
    network->setProxies({{"https://azure.invalid:443", other.address()}});
    EXPECT_FALSE(works(request));
    EXPECT_EQ(other.asked, QList<QByteArray>{"CONNECT azure.invalid:443"});
    network->setProxies({});
    EXPECT_FALSE(works(request));
    EXPECT_EQ(one.asked.size() + other.asked.size(), 2);
}

TEST_F(Network, TheBackendsOwnProxyAndWhatIsLocalComeFirst) {
    RefusingProxy system;
    RefusingProxy own;
    AnsweringUpstream upstream;
    network->setProxies(
        {{"https://azure.invalid:443", system.address()},
         {"http://127.0.0.1:" + QByteArray::number(upstream.serverPort()), system.address()}});
    UpstreamRequest request = getRequest("https://azure.invalid/openai");
    request.proxy = own.address();
    EXPECT_FALSE(works(request));
    EXPECT_EQ(own.asked.size(), 1);
    EXPECT_TRUE(works(getRequest(upstream.url())));
    EXPECT_TRUE(system.asked.isEmpty());
}

TEST(MachineNetwork, HasAnotherEditionOnlyIfSomethingIsOther) {
    MachineNetwork network;
    const int before = network.edition();
    network.setProxies({});
    EXPECT_EQ(network.edition(), before);
    network.setProxies({{"https://a:443", u"http://p:1"_s}});
    EXPECT_NE(network.edition(), before);
    const int after = network.edition();
    network.setProxies({{"https://a:443", u"http://p:1"_s}});
    EXPECT_EQ(network.edition(), after);
    network.moved();
    EXPECT_NE(network.edition(), after);
}

TEST(ConnectionPool, ForgetsWhatASleepHasMadeOld) {
    AnsweringUpstream upstream;
    const auto loop = std::make_shared<CurlLoop>([] {});
    const ConnectionSettings settings{*upstreamTarget(upstream.url()), {}, {}};
    const auto now = ConnectionPool::Clock::now();
    const std::pair<std::chrono::seconds, bool> cases[] = {
        {0s, true}, {100s, true}, {119s, false}, {8h, false}};
    for (const auto &[slept, isGood] : cases) {
        OpenedOnce user;
        auto connection = std::make_unique<UpstreamConnection>(loop, settings, 10s, user);
        ASSERT_TRUE(waitUntil([&] { return user.opened; }));
        ConnectionPool pool;
        pool.giveBack(std::move(connection), now);
        EXPECT_EQ(pool.take(settings, now + slept) != nullptr, isGood) << slept.count();
    }
    loop->stop();
}

#ifdef Q_OS_LINUX

TEST(SleeplessClock, IsTheOneThatRunsOnInASleep) {
    timespec before{};
    timespec after{};
    ::clock_gettime(CLOCK_BOOTTIME, &before);
    const auto now = SleeplessClock::now().time_since_epoch();
    ::clock_gettime(CLOCK_BOOTTIME, &after);
    EXPECT_GE(now, std::chrono::seconds(before.tv_sec) + std::chrono::nanoseconds(before.tv_nsec));
    EXPECT_LE(now, std::chrono::seconds(after.tv_sec) + std::chrono::nanoseconds(after.tv_nsec));
}

namespace {

/// Of this process, the socket that is connected to the port.
int socketTo(quint16 port) {
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::stoi(entry.path().filename().string());
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &size) == 0 &&
            peer.sin_family == AF_INET && ntohs(peer.sin_port) == port)
            return descriptor;
    }
    return -1;
}

int optionOf(int socket, int level, int option) {
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(socket, level, option, &value, &size) == 0 ? value : -1;
}

} // namespace

TEST_F(Network, APeerThatIsGoneWithoutAWordIsFoundOut) {
    AnsweringUpstream upstream;
    EXPECT_TRUE(works(getRequest(upstream.url())));
    const int socket = socketTo(upstream.serverPort());
    ASSERT_GE(socket, 0);
    EXPECT_EQ(optionOf(socket, SOL_SOCKET, SO_KEEPALIVE), 1);
    const int idle = optionOf(socket, IPPROTO_TCP, TCP_KEEPIDLE);
    const int every = optionOf(socket, IPPROTO_TCP, TCP_KEEPINTVL);
    const int tries = optionOf(socket, IPPROTO_TCP, TCP_KEEPCNT);
    EXPECT_LE(idle + every * tries, 60) << "nothing is sent";
    EXPECT_EQ(optionOf(socket, IPPROTO_TCP, TCP_USER_TIMEOUT), 30'000) << "something is";
}

#endif
