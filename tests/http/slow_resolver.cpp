#include "tests/http/slow_resolver.h"

#include <atomic>
#include <dlfcn.h>
#include <netdb.h>
#include <string_view>

namespace {

// Atomic values have nothing to destroy: a thread that libcurl has abandoned may still wait here
// when the program ends.
std::atomic<bool> held = true;
std::atomic<int> waiting = 0;

void waitForSlowNames() {
    ++waiting;
    held.wait(true);
    --waiting;
}

} // namespace

// The program's own symbol comes before the C library's for libcurl too.
extern "C" int getaddrinfo(const char *node, const char *service, const addrinfo *hints,
                           addrinfo **result) {
    using Function = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    const std::string_view name = node ? node : "";
    if (name.ends_with(".invalid"))
        return EAI_NONAME;
    if (name.ends_with(".slow.test")) {
        waitForSlowNames();
        return real("127.0.0.1", service, hints, result);
    }
    return real(node, service, hints, result);
}

namespace quaygate::test {

void holdSlowNames() {
    held = true;
}

void letSlowNamesResolve() {
    held = false;
    held.notify_all();
}

int slowNamesWaiting() {
    return waiting;
}

} // namespace quaygate::test
