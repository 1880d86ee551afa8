#include "tests/http/full_listener.h"

#include <QtGlobal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <fcntl.h>

namespace quaygate::test {

FullListener::FullListener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *any = reinterpret_cast<sockaddr *>(&address);
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(m_listener, any, size) != 0 || ::listen(m_listener, 0) != 0 ||
        ::getsockname(m_listener, any, &size) != 0)
        qFatal("No loopback listener");
    m_port = ntohs(address.sin_port);
    // One fills the queue; the others find it full and stay on their way.
    for (int i = 0; i < 4; ++i) {
        const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (::connect(filler, any, size) != 0 && errno != EINPROGRESS)
            qFatal("The listener cannot be filled");
        m_fillers.append(filler);
    }
}

FullListener::~FullListener() {
    for (const int filler : m_fillers)
        ::close(filler);
    ::close(m_listener);
}

} // namespace quaygate::test
