#include "gateway/http/port_owner.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

constexpr uid_t somebody = 1; // daemon, everywhere
constexpr uid_t nobody = 65534;

int listenAnywhere(quint16 &port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
        ::listen(listener, 1) != 0)
        return -1;
    ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size);
    port = ntohs(address.sin_port);
    return listener;
}

} // namespace

TEST(PortOwner, NamesTheUserOfAProgramThatIsNotOurs) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "Only root may be somebody else.";
    int told[2];
    ASSERT_EQ(::pipe(told), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) { // only what is safe behind fork
        quint16 port = 0;
        if (::setuid(somebody) == 0 && listenAnywhere(port) >= 0 &&
            ::write(told[1], &port, sizeof port) == sizeof port)
            ::pause();
        ::_exit(1);
    }
    ::close(told[1]);
    quint16 port = 0;
    EXPECT_EQ(::read(told[0], &port, sizeof port), ssize_t(sizeof port));
    EXPECT_TRUE(portOwner(port).endsWith(u", process %1"_s.arg(child))) << "root sees all";
    EXPECT_EQ(::seteuid(nobody), 0);
    const QString seen = portOwner(port);
    EXPECT_EQ(::seteuid(0), 0);
    EXPECT_EQ(seen, u"of the user daemon"_s);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(told[0]);
}

} // namespace quaygate::test
