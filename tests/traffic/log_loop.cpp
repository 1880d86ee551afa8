#include "gateway/traffic/budgets.h"
#include "gateway/traffic/traffic_log.h"
#include "tests/traffic/sample_records.h"

#include <QCoreApplication>

#include <cstdio>

using namespace quaygate;

/// Adds records to the log at the given path for ever, some whenever some were written, and prints
/// after each time what must be on disk by then: the number of the newest record or, with the
/// argument "spend", the tokens that were spent before it was added. A test kills it in the middle.
int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const bool spends = arguments.size() > 2;

    auto config = std::make_shared<Config>();
    config->gateway.budget = Budget{.tokens = 1'000'000'000, .per = Budget::Per::Month};
    auto budgets = std::make_shared<Budgets>();
    TrafficLog log(arguments.at(1), {.days = 3650}, budgets);
    log.follow();
    const auto budget = budgets->of(config)->of(BudgetOwner::All);
    TokenUsage usage;
    usage.input = 1;
    usage.output = 2;

    const auto addSome = [&] {
        TrafficRecord record = test::fullRecord();
        record.time = TrafficRecord::Clock::now();
        for (int i = 0; i < 200; ++i) {
            budget->spend(usage, {}, record.time);
            record.bytesIn = budget->spent(record.time).tokens;
            log.add(record);
        }
    };
    QObject::connect(&log, &TrafficLog::added, [&](const QList<TrafficRecord> &records) {
        const TrafficRecord &last = records.last();
        std::printf("%lld\n", static_cast<long long>(spends ? last.bytesIn : last.number));
        std::fflush(stdout);
        addSome();
    });
    addSome();
    return QCoreApplication::exec();
}
