#include "gateway/traffic/traffic_log.h"
#include "tests/traffic/sample_records.h"

#include <QCoreApplication>

#include <cstdio>

/// Adds records to the log at the given path for ever, some whenever some were written, and prints
/// the number of the newest that was. A test kills it in the middle.
int main(int argc, char *argv[]) {
    using namespace quaygate;
    QCoreApplication application(argc, argv);
    TrafficLog log(application.arguments().at(1), {.days = 3650});
    const auto addSome = [&log] {
        TrafficRecord record = test::fullRecord();
        record.time = TrafficRecord::Clock::now();
        for (int i = 0; i < 200; ++i)
            log.add(record);
    };
    QObject::connect(&log, &TrafficLog::added, [&](const QList<TrafficRecord> &records) {
        std::printf("%lld\n", static_cast<long long>(records.last().number));
        std::fflush(stdout);
        addSome();
    });
    addSome();
    return QCoreApplication::exec();
}
