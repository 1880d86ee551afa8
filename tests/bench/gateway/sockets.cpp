#include "tests/bench/gateway/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace quaygate::bench {

namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int newSocket() {
    const int socket =
        checked(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    const int yes = 1;
    checked(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), "TCP_NODELAY");
    return socket;
}

} // namespace

void fail(const char *what) {
    std::fprintf(stderr, "%s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

int checked(int result, const char *what) {
    if (result < 0)
        fail(what);
    return result;
}

int listenOn(std::uint16_t port) {
    const int socket = newSocket();
    const int yes = 1;
    checked(setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "SO_REUSEADDR");
    const sockaddr_in address = loopback(port);
    checked(bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), "bind");
    checked(listen(socket, 1024), "listen");
    return socket;
}

int connectTo(std::uint16_t port) {
    const int socket = newSocket();
    const sockaddr_in address = loopback(port);
    if (connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0 &&
        errno != EINPROGRESS)
        fail("connect");
    return socket;
}

void watch(int epoll, int socket, std::uint32_t events, void *owner) {
    epoll_event event{.events = events, .data = {.ptr = owner}};
    checked(epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
}

void changeWatch(int epoll, int socket, std::uint32_t events, void *owner) {
    epoll_event event{.events = events, .data = {.ptr = owner}};
    checked(epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event), "epoll_ctl");
}

long numberArgument(const char *text, long least, long most) {
    char *end = nullptr;
    errno = 0;
    const long number = std::strtol(text, &end, 10);
    if (errno != 0 || *text == '\0' || *end != '\0' || number < least || number > most) {
        std::fprintf(stderr, "\"%s\" is not a number from %ld to %ld\n", text, least, most);
        std::exit(2);
    }
    return number;
}

} // namespace quaygate::bench
