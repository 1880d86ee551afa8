#include "gateway/network_watch.h"
#include "tests/support/event_loop.h"

#include <gtest/gtest.h>

#include <mutex>

#ifdef Q_OS_LINUX
#include <arpa/inet.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::test {

namespace {

/// A system whose answers a test changes.
class FakeSystem {
public:
    NetworkWatch::System asked(std::chrono::milliseconds every) {
        return {[this] {
                    const std::lock_guard lock(m_mutex);
                    return m_addresses;
                },
                [this](const QUrl &url) {
                    const std::lock_guard lock(m_mutex);
                    return m_proxies.value(url.host());
                },
                every};
    }
    void setAddresses(const QStringList &addresses) {
        const std::lock_guard lock(m_mutex);
        m_addresses.clear();
        for (const QString &address : addresses)
            m_addresses.append(QHostAddress(address));
    }
    void setProxy(const QString &host, const QString &proxy) {
        const std::lock_guard lock(m_mutex);
        m_proxies.insert(host, proxy);
    }

private:
    std::mutex m_mutex;
    QList<QHostAddress> m_addresses{QHostAddress(u"192.0.2.1"_s)};
    QHash<QString, QString> m_proxies;
};

} // namespace

TEST(NetworkWatch, TellsOfOtherAddresses) {
    FakeSystem system;
    const auto network = std::make_shared<MachineNetwork>();
    NetworkWatch watch(network, system.asked(1ms));
    const QUrl target(u"https://r.openai.azure.com"_s);
    watch.setTargets({target});
    system.setProxy(target.host(), u"http://p:1"_s);
    // Only then it has surely looked at the addresses, too.
    ASSERT_TRUE(waitUntil([&] { return !network->proxies().isEmpty(); }));
    const int before = network->edition();
    system.setAddresses({u"198.51.100.7"_s});
    EXPECT_TRUE(waitUntil([&] { return network->edition() != before; }));
}

TEST(NetworkWatch, AsksForTheProxiesAtOnceAndAgain) {
    FakeSystem system;
    system.setProxy(u"r.openai.azure.com"_s, u"http://p:1"_s);
    const auto network = std::make_shared<MachineNetwork>();
    NetworkWatch watch(network, system.asked(1h));
    watch.setTargets({QUrl(u"https://r.openai.azure.com/"_s), QUrl(u"https://other:8443"_s)});
    const MachineNetwork::Proxies expected{{"https://r.openai.azure.com:443", u"http://p:1"_s}};
    EXPECT_TRUE(waitUntil([&] { return network->proxies() == expected; }));

    const auto second = std::make_shared<MachineNetwork>();
    NetworkWatch often(second, system.asked(1ms));
    often.setTargets({QUrl(u"https://r.openai.azure.com/"_s)});
    ASSERT_TRUE(waitUntil([&] { return second->proxies() == expected; }));
    system.setProxy(u"r.openai.azure.com"_s, u"socks5h://q:2"_s);
    EXPECT_TRUE(waitUntil([&] {
        return second->proxies().value("https://r.openai.azure.com:443") == u"socks5h://q:2";
    }));
}

TEST(NetworkWatch, KnowsWhatAProxyConcerns) {
    EXPECT_EQ(proxyKey("https://r.openai.azure.com/openai/v1"), "https://r.openai.azure.com:443");
    EXPECT_EQ(proxyKey("http://r:8080"), "http://r:8080");
    for (const char *url : {"http://127.0.0.1:1", "https://localhost", "http://169.254.169.254",
                            "simulator", "", "ftp://x"})
        EXPECT_EQ(proxyKey(url), "") << url;
}

#ifdef Q_OS_LINUX

namespace {

/// This thread is in a network of its own while it lives.
class OwnNetwork {
public:
    OwnNetwork()
        : m_before(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC))
        , m_entered(m_before >= 0 && ::unshare(CLONE_NEWNET) == 0) {}
    ~OwnNetwork() {
        EXPECT_TRUE(!m_entered || ::setns(m_before, CLONE_NEWNET) == 0);
        ::close(m_before);
    }
    OwnNetwork(const OwnNetwork &) = delete;
    OwnNetwork &operator=(const OwnNetwork &) = delete;

    bool isEntered() const { return m_entered; }
    bool setAddress(const char *address) {
        ifreq request{};
        std::strcpy(request.ifr_name, "lo");
        auto *wanted = reinterpret_cast<sockaddr_in *>(&request.ifr_addr);
        wanted->sin_family = AF_INET;
        ::inet_pton(AF_INET, address, &wanted->sin_addr);
        const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const bool done = ::ioctl(socket, SIOCSIFADDR, &request) == 0;
        ::close(socket);
        return done;
    }

private:
    int m_before;
    bool m_entered;
};

} // namespace

TEST(AddressEvents, TheKernelTellsOfAnAddress) {
    OwnNetwork own;
    if (!own.isEntered())
        GTEST_SKIP() << "Only root may make a network.";
    const int events = openAddressEvents();
    ASSERT_GE(events, 0);
    pollfd waiting{events, POLLIN, 0};
    EXPECT_EQ(::poll(&waiting, 1, 0), 0);
    ASSERT_TRUE(own.setAddress("127.0.0.9"));
    EXPECT_EQ(::poll(&waiting, 1, 10'000), 1);
    ::close(events);
}

#endif

} // namespace quaygate::test
