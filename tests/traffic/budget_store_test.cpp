#include "gateway/traffic/budget_book.h"
#include "gateway/traffic/budgets.h"
#include "gateway/traffic/store_database.h"
#include "gateway/traffic/store_layout.h"
#include "gateway/traffic/traffic_log.h"
#include "gateway/traffic/traffic_store.h"
#include "tests/support/event_loop.h"
#include "tests/traffic/other_program.h"
#include "tests/traffic/sample_records.h"

#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::noon;
using test::waitUntil;

Snapshot snapshotWith(Budget::Per per = Budget::Per::Day) {
    auto config = std::make_shared<Config>();
    config->gateway.budget = Budget{.tokens = 1000, .per = per};
    config->routes.append(Route());
    config->routes.last().name = u"azure"_s;
    config->routes.last().rules.budget = Budget{.money = 10, .per = per};
    return config;
}

/// One process with its budgets and the file that it shares with others.
struct Process {
    explicit Process(const QString &path, const Snapshot &snapshot = snapshotWith())
        : config(budgets.of(snapshot)) {
        auto opened = TrafficStore::open(path);
        EXPECT_TRUE(opened) << qPrintable(opened ? QString() : opened.error().message);
        store = std::move(opened).value();
    }

    void sync(Spending::Time now) { EXPECT_TRUE(store->syncBudgets(book, budgets, now)); }

    void spend(qint64 tokens, double cost, Spending::Time now) {
        TokenUsage usage;
        usage.input = tokens;
        usage.output = 0;
        all()->spend(usage, cost, now);
        route()->spend(usage, cost, now);
    }

    MeteredBudgetPtr all() const { return config->of(BudgetOwner::All); }
    MeteredBudgetPtr route() const { return config->of(BudgetOwner::Route, u"azure"_s); }

    Budgets budgets{[] { return QTimeZone::utc(); }};
    std::shared_ptr<const BudgetedConfig> config;
    traffic::BudgetBook book;
    std::unique_ptr<TrafficStore> store;
};

class BudgetStoring : public testing::Test {
protected:
    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(u"traffic.sqlite"_s);
};

TEST_F(BudgetStoring, SurvivesAnEnd) {
    {
        Process run(m_path);
        run.sync(noon());
        run.spend(7, 0.25, noon(1));
        run.sync(noon(1));
        run.spend(3, 0.5, noon(2));
        run.sync(noon(2));
        run.sync(noon(3)); // nothing new
    }
    Process run(m_path);
    run.spend(100, 1, noon(4)); // before it was loaded
    run.sync(noon(4));
    EXPECT_EQ(run.all()->spent(noon(4)).tokens, 110);
    EXPECT_DOUBLE_EQ(run.route()->spent(noon(4)).dollars(), 1.75);
    run.sync(noon(5));
    EXPECT_EQ(run.all()->spent(noon(5)).tokens, 110) << "loaded once";
}

TEST_F(BudgetStoring, ForgetsTheLastPeriod) {
    constexpr int day = 24 * 3600;
    {
        Process run(m_path);
        run.spend(7, 0.25, noon());
        run.sync(noon());
    }
    {
        Process run(m_path);
        run.sync(noon(day));
        EXPECT_EQ(run.all()->spent(noon(day)).tokens, 0);
        run.spend(1, 0, noon(day));
        run.sync(noon(day));
        run.spend(2, 0, noon(2 * day)); // it runs past midnight
        run.sync(noon(2 * day));
    }
    Process run(m_path);
    run.sync(noon(2 * day));
    EXPECT_EQ(run.all()->spent(noon(2 * day)).tokens, 2);
}

TEST_F(BudgetStoring, AddsUpWhatProcessesSpendSideBySide) {
    Process one(m_path);
    Process other(m_path);
    for (int i = 0; i < 10; ++i) {
        one.spend(1, 0, noon(i));
        one.sync(noon(i));
        other.spend(10, 0, noon(i));
        other.sync(noon(i));
    }
    EXPECT_EQ(other.all()->spent(noon(10)).tokens, 110);
    one.spend(0, 0.5, noon(10));
    one.sync(noon(10)); // learns of the other's with its own next
    EXPECT_EQ(one.all()->spent(noon(10)).tokens, 110);
    EXPECT_EQ(Process(m_path).all()->spent(noon()).tokens, 0) << "not before it is loaded";
}

TEST_F(BudgetStoring, StaysSpentWhenTheTrafficIsCleared) {
    Process run(m_path);
    run.spend(7, 0, noon());
    run.sync(noon());
    ASSERT_TRUE(run.store->clear());
    Process next(m_path);
    next.sync(noon());
    EXPECT_EQ(next.all()->spent(noon()).tokens, 7);
}

TEST_F(BudgetStoring, IsWrittenWholeIntoAFileThatReplacesADamagedOne) {
    Process run(m_path);
    run.spend(7, 0, noon());
    run.sync(noon());
    run.store.reset();
    run.store = std::move(TrafficStore::openAnew(m_path)).value();
    run.book.forget();
    run.sync(noon());
    Process next(m_path);
    next.sync(noon());
    EXPECT_EQ(next.all()->spent(noon()).tokens, 7);
}

TEST_F(BudgetStoring, MakesUpForAFailedWrite) {
    Process run(m_path);
    run.sync(noon());
    ASSERT_EQ(test::runOnFile(m_path, {u"ALTER TABLE budgets RENAME TO away"_s}), QString());
    run.spend(7, 0, noon(1));
    EXPECT_FALSE(run.store->syncBudgets(run.book, run.budgets, noon(1)));
    ASSERT_EQ(test::runOnFile(m_path, {u"ALTER TABLE away RENAME TO budgets"_s}), QString());
    run.sync(noon(2));
    Process next(m_path);
    next.sync(noon(2));
    EXPECT_EQ(next.all()->spent(noon(2)).tokens, 7);
}

TEST_F(BudgetStoring, BringsAnOlderFileUpToDate) {
    QStringList statements = traffic::layoutStep(0);
    statements.append(u"PRAGMA application_id = %1"_s.arg(traffic::StoreDatabase::applicationId));
    statements.append(u"PRAGMA user_version = 1"_s);
    statements.append(u"INSERT INTO records (time, status, streamed, duration, bytes_in, "
                      "bytes_out, cancelled) VALUES (5, 200, 0, 0, 0, 0, 0)"_s);
    ASSERT_EQ(test::runOnFile(m_path, statements), QString());
    const auto reader = TrafficStore::openToRead(m_path);
    ASSERT_TRUE(reader) << "its records can be read as they are";
    EXPECT_EQ(reader.value()->records({}).value().size(), 1);
    Process run(m_path);
    run.spend(7, 0, noon());
    run.sync(noon());
    EXPECT_EQ(run.store->records({}).value().size(), 1);
}

TEST_F(BudgetStoring, IsDoneByTheLogWithEachRecord) {
    const Snapshot snapshot = snapshotWith(Budget::Per::Month);
    const auto now = Spending::Time::clock::now();
    TokenUsage usage;
    usage.input = 7;
    usage.output = 0;
    {
        auto budgets = std::make_shared<Budgets>();
        TrafficLog log(m_path, {}, budgets);
        log.follow();
        budgets->of(snapshot)->of(BudgetOwner::All)->spend(usage, {}, now);
        log.add(test::bareRecord());
        ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 1; }));
    }
    auto budgets = std::make_shared<Budgets>();
    TrafficLog log(m_path, {}, budgets);
    const auto config = budgets->of(snapshot);
    bool loaded = false;
    log.syncBudgets([&] { loaded = true; });
    ASSERT_TRUE(waitUntil([&] { return loaded; }));
    EXPECT_EQ(config->of(BudgetOwner::All)->spent(now).tokens, 7);

    // One that comes with a later snapshot is loaded without being asked for.
    auto later = std::make_shared<Budgets>();
    TrafficLog laterLog(m_path, {}, later);
    bool idle = false;
    laterLog.syncBudgets([&] { idle = true; });
    ASSERT_TRUE(waitUntil([&] { return idle; }));
    const auto laterConfig = later->of(snapshot);
    EXPECT_TRUE(
        waitUntil([&] { return laterConfig->of(BudgetOwner::All)->spent(now).tokens == 7; }));
}

TEST_F(BudgetStoring, LosesLessThanASecondWhenTheProcessIsKilled) {
    // The program prints what it had spent a moment before each line.
    QProcess process;
    process.start(QStringLiteral(QUAYGATE_LOG_LOOP), {m_path, u"spend"_s});
    QByteArray output;
    ASSERT_TRUE(waitUntil([&] {
        output += process.readAllStandardOutput();
        return output.count('\n') >= 5;
    })) << qPrintable(process.errorString());
    process.kill();
    ASSERT_TRUE(process.waitForFinished());
    ASSERT_EQ(process.exitStatus(), QProcess::CrashExit);
    output += process.readAllStandardOutput();
    output.truncate(output.lastIndexOf('\n'));
    const qint64 told = output.mid(output.lastIndexOf('\n') + 1).toLongLong();
    ASSERT_GT(told, 0);

    auto config = std::make_shared<Config>();
    config->gateway.budget = Budget{.tokens = 1, .per = Budget::Per::Month};
    Process run(m_path, config);
    const auto now = Spending::Time::clock::now();
    run.sync(now);
    EXPECT_GE(run.all()->spent(now).tokens, told);
}

} // namespace
} // namespace quaygate
