#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

namespace quaygate::bench {

/// Nanoseconds of one call: of several batches the fastest, for whatever else the machine does can
/// only make one slower.
template<typename Call>
double nanosecondsOf(Call call, int calls = 20'000) {
    using Clock = std::chrono::steady_clock;
    double best = std::numeric_limits<double>::max();
    for (int batch = 0; batch < 10; ++batch) {
        const auto start = Clock::now();
        for (int i = 0; i < calls; ++i)
            call(i);
        const std::chrono::duration<double, std::nano> took = Clock::now() - start;
        best = std::min(best, took.count() / calls);
    }
    return best;
}

/// Keeps the compiler from leaving out what nobody reads.
template<typename Value>
void use(const Value &value) {
    asm volatile("" : : "g"(&value) : "memory");
}

} // namespace quaygate::bench
