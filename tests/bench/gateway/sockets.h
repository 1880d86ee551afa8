#pragma once

#include <cstdint>

/// The little of Linux's sockets that the two ends of the benchmark share. Whatever fails here ends
/// the program with a sentence on standard error: a benchmark that limps on measures nothing.
namespace quaygate::bench {

[[noreturn]] void fail(const char *what);

/// `result` of a system call, or the end of the program.
int checked(int result, const char *what);

/// Non-blocking, on 127.0.0.1, without Nagle's delay.
int listenOn(std::uint16_t port);
int connectTo(std::uint16_t port);

void watch(int epoll, int socket, std::uint32_t events, void *owner);
void changeWatch(int epoll, int socket, std::uint32_t events, void *owner);

/// The argument as a whole number within the bounds, or the end of the program.
long numberArgument(const char *text, long least, long most);

} // namespace quaygate::bench
