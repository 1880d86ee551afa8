#include "tests/http/slow_resolver.h"

#include <condition_variable>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>
#include <string_view>

namespace {

struct SlowNames {
    std::mutex mutex;
    std::condition_variable changed;
    bool held = true;
    int waiting = 0;
};

SlowNames &slowNames() {
    // Never destroyed: a thread that libcurl has abandoned may still wait here when the program
    // ends.
    static auto *names = new SlowNames;
    return *names;
}

void waitForSlowNames() {
    SlowNames &names = slowNames();
    std::unique_lock lock(names.mutex);
    ++names.waiting;
    names.changed.wait(lock, [&names] { return !names.held; });
    --names.waiting;
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
    const std::lock_guard lock(slowNames().mutex);
    slowNames().held = true;
}

void letSlowNamesResolve() {
    const std::lock_guard lock(slowNames().mutex);
    slowNames().held = false;
    slowNames().changed.notify_all();
}

int slowNamesWaiting() {
    const std::lock_guard lock(slowNames().mutex);
    return slowNames().waiting;
}

} // namespace quaygate::test
