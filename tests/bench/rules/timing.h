#pragma once

#include <algorithm>
#include <ctime>
#include <limits>

namespace quaygate::bench {

/// Nanoseconds of processor time of one call: of several batches the fastest, for whatever else the
/// machine does can only make one slower.
template<typename Call>
double nanosecondsOf(Call call, int calls = 20'000) {
    double best = std::numeric_limits<double>::max();
    for (int batch = 0; batch < 10; ++batch) {
        const std::clock_t start = std::clock();
        for (int i = 0; i < calls; ++i)
            call(i);
        const double took = static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
        best = std::min(best, took / calls);
    }
    return best;
}

/// Keeps the compiler from leaving out what nobody reads.
template<typename Value>
void use(const Value &value) {
    asm volatile("" : : "g"(&value) : "memory");
}

} // namespace quaygate::bench
