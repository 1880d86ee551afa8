#include "tests/bench/rules/part.h"

#include <cstdio>

/// Measures what the rules cost a request and prints a table; 1 if anything costs too much.
int main() {
    using namespace quaygate::bench;
    bool good = true;
    std::printf("%-64s %12s %12s\n", "", "measured", "at most");
    for (const auto part : {measureClientKeys, measureRates, measureRoutes, measureStreamGuard}) {
        for (const Row &row : part()) {
            const bool within = row.measured <= row.bound;
            good = good && within;
            std::printf("%-64s %12.1f %12.1f %s%s\n", qPrintable(row.what), row.measured, row.bound,
                        qPrintable(row.unit), within ? "" : "  TOO MUCH");
        }
    }
    return good ? 0 : 1;
}
