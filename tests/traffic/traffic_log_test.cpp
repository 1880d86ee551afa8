#include "gateway/traffic/record_queue.h"
#include "gateway/traffic/traffic_log.h"
#include "gateway/traffic/traffic_store.h"
#include "tests/support/event_loop.h"
#include "tests/traffic/sample_records.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::bareRecord;
using test::fullRecord;
using test::waitUntil;

TrafficRecord numbered(int number) {
    TrafficRecord record = bareRecord();
    record.bytesIn = number;
    record.time = std::chrono::floor<std::chrono::microseconds>(TrafficRecord::Clock::now());
    return record;
}

TEST(RecordQueue, GivesBackInOrderAndAsksToBeToldOnce) {
    traffic::RecordQueue queue(4);
    EXPECT_TRUE(queue.add(numbered(1)));
    EXPECT_FALSE(queue.add(numbered(2)));
    auto taken = queue.take();
    ASSERT_EQ(taken.size(), 2);
    EXPECT_EQ(taken[0].bytesIn, 1);
    EXPECT_EQ(taken[1].bytesIn, 2);
    EXPECT_TRUE(queue.take().isEmpty());
    EXPECT_TRUE(queue.add(numbered(3)));
    EXPECT_EQ(queue.take().size(), 1);
    EXPECT_EQ(queue.takeDropped(), 0);
}

TEST(RecordQueue, LetsTheOldestGoWhenItIsFull) {
    traffic::RecordQueue queue(4);
    for (int i = 1; i <= 10; ++i)
        queue.add(numbered(i));
    EXPECT_EQ(queue.takeDropped(), 6);
    EXPECT_EQ(queue.takeDropped(), 0);
    const auto taken = queue.take();
    ASSERT_EQ(taken.size(), 4);
    EXPECT_EQ(taken.first().bytesIn, 7);
    EXPECT_EQ(taken.last().bytesIn, 10);
    queue.add(numbered(11));
    EXPECT_EQ(queue.take().size(), 1);
}

TEST(RecordQueue, TakesOutTheBodiesThatAreTooMuch) {
    traffic::RecordQueue queue(4, 100);
    TrafficRecord record = numbered(1);
    record.requestBody = QByteArray(60, 'x');
    queue.add(record);
    queue.add(record);
    auto taken = queue.take();
    EXPECT_EQ(taken[0].requestBody.size(), 60);
    EXPECT_EQ(taken[1].requestBody.size(), 0);
    queue.add(record); // there is room again
    EXPECT_EQ(queue.take()[0].requestBody.size(), 60);
    for (int i = 0; i < 10; ++i) { // what made room counts no more
        queue.add(record);
        queue.add(numbered(2));
        queue.add(numbered(2));
        queue.add(numbered(2));
    }
    queue.take();
    queue.add(record);
    EXPECT_EQ(queue.take()[0].requestBody.size(), 60);
}

TEST(RecordQueue, AccountsForEveryRecordOfManyThreads) {
    constexpr int threads = 4;
    constexpr int each = 20'000;
    traffic::RecordQueue queue(64); // far too small, so that turns overtake each other
    std::atomic<int> running = threads;
    std::vector<std::thread> adders;
    for (int t = 0; t < threads; ++t)
        adders.emplace_back([&, t] {
            for (int i = 0; i < each; ++i)
                queue.add(numbered(t * each + i));
            --running;
        });
    std::set<qint64> seen;
    qint64 taken = 0;
    qint64 dropped = 0;
    const auto takeAll = [&] {
        for (const TrafficRecord &record : queue.take()) {
            seen.insert(record.bytesIn);
            ++taken;
        }
        dropped += queue.takeDropped();
    };
    while (running > 0)
        takeAll();
    for (std::thread &adder : adders)
        adder.join();
    takeAll();
    EXPECT_EQ(taken, qint64(seen.size())) << "none came twice";
    EXPECT_EQ(taken + dropped, threads * each) << "none vanished";
}

class Logging : public testing::Test {
protected:
    /// What the store has, oldest first.
    QList<TrafficRecord> stored() {
        auto store = TrafficStore::openToRead(m_path);
        if (!store)
            return {};
        const auto records = store.value()->records({.limit = TrafficQuery::mostRecords,
                                                     .order = TrafficQuery::Order::OldestFirst,
                                                     .bodies = true});
        return records ? *records : QList<TrafficRecord>();
    }

    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(u"traffic.sqlite"_s);
};

TEST_F(Logging, HandsRecordsOnWithTheNumbersOfTheStore) {
    TrafficLog log(m_path);
    log.follow();
    QList<TrafficRecord> added;
    QObject::connect(&log, &TrafficLog::added,
                     [&](const QList<TrafficRecord> &records) { added += records; });
    std::thread worker([&] {
        for (int i = 0; i < 10; ++i)
            log.add(numbered(i));
    });
    worker.join();
    ASSERT_TRUE(waitUntil([&] { return added.size() == 10; }));
    EXPECT_EQ(added.last().number, 10);
    EXPECT_EQ(added.last().bytesIn, 9);
    EXPECT_EQ(log.newest(), added);
    EXPECT_EQ(stored(), added);
    EXPECT_EQ(log.lost(), 0);
    EXPECT_FALSE(log.problem());
}

TEST_F(Logging, WritesWhatWasAddedBeforeItsEnd) {
    {
        TrafficLog log(m_path);
        for (int i = 0; i < 500; ++i)
            log.add(numbered(i));
    }
    EXPECT_EQ(stored().size(), 500);
}

TEST_F(Logging, AnswersQueriesWithWhatWasJustAdded) {
    TrafficLog log(m_path);
    for (int i = 0; i < 5; ++i)
        log.add(numbered(i));
    std::optional<QList<TrafficRecord>> found;
    log.query({.limit = 2}, [&](const Result<QList<TrafficRecord>> &answer) { found = *answer; });
    ASSERT_TRUE(waitUntil([&] { return found.has_value(); }));
    ASSERT_EQ(found->size(), 2);
    EXPECT_EQ(found->first().bytesIn, 4);
}

TEST_F(Logging, KeepsTheNewestOnly) {
    TrafficLog log(m_path);
    log.follow();
    qsizetype added = 0;
    QObject::connect(&log, &TrafficLog::added,
                     [&](const QList<TrafficRecord> &records) { added += records.size(); });
    const int all = int(TrafficLog::ringSize) + 100;
    for (int i = 0; i < all; ++i)
        log.add(numbered(i));
    ASSERT_TRUE(waitUntil(
        [&] { return !log.newest().isEmpty() && log.newest().last().bytesIn == all - 1; }));
    EXPECT_EQ(log.newest().size(), TrafficLog::ringSize);
    EXPECT_EQ(stored().size(), all);
}

TEST_F(Logging, KeepsNothingInMemoryForNobody) {
    TrafficLog log(m_path);
    qsizetype added = 0;
    QObject::connect(&log, &TrafficLog::added,
                     [&](const QList<TrafficRecord> &records) { added += records.size(); });
    log.add(numbered(1));
    bool written = false;
    log.query({}, [&](const auto &) { written = true; });
    ASSERT_TRUE(waitUntil([&] { return written; }));
    log.follow();
    log.add(numbered(2));
    ASSERT_TRUE(waitUntil([&] { return added > 0; }));
    EXPECT_EQ(added, 1);
    EXPECT_EQ(log.newest().size(), 1);
}

TEST_F(Logging, RemembersBodiesOnlyAsLongAsThePersonWants) {
    const QString until = QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODate);
    const TrafficRecord::Clock::time_point now = TrafficRecord::Clock::now();
    TrafficRecord record = fullRecord();
    record.time = now;
    record.requestBody = QByteArray(TrafficRecord::longestBody + 1, 'x');
    {
        TrafficLog log(m_path);
        log.follow();
        EXPECT_FALSE(log.wantsBodies(now));
        log.add(record);
        log.setSettings({.bodiesUntil = until});
        EXPECT_TRUE(log.wantsBodies(now));
        EXPECT_FALSE(log.wantsBodies(now + 2h));
        log.add(record);
        log.setSettings({.bodiesUntil = u"2020-01-01T00:00:00Z"_s});
        log.add(record);
        ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 3; }));
        EXPECT_TRUE(log.newest()[1].requestBody.isEmpty()) << "the store has it";
    }
    const auto records = stored();
    ASSERT_EQ(records.size(), 3);
    EXPECT_TRUE(records[0].requestBody.isEmpty());
    EXPECT_TRUE(records[0].responseBody.isEmpty());
    EXPECT_EQ(records[1].requestBody.size(), TrafficRecord::longestBody);
    EXPECT_FALSE(records[1].responseBody.isEmpty());
    EXPECT_TRUE(records[2].requestBody.isEmpty());
}

TEST_F(Logging, Forgets) {
    TrafficLog log(m_path);
    log.follow();
    log.add(numbered(1));
    ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 1; }));
    log.add(numbered(2));
    bool cleared = false;
    log.clear([&](const Result<void> &result) { cleared = result.ok(); });
    ASSERT_TRUE(waitUntil([&] { return cleared; }));
    EXPECT_TRUE(log.newest().isEmpty());
    EXPECT_TRUE(stored().isEmpty());
}

TEST_F(Logging, AppliesTheRetentionWhenItChanges) {
    TrafficLog log(m_path);
    log.follow();
    TrafficRecord old = numbered(1);
    old.time -= 48h;
    log.add(old);
    log.add(numbered(2));
    ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 2; }));
    log.setSettings({.days = 1});
    ASSERT_TRUE(waitUntil([&] { return stored().size() == 1; }));
    EXPECT_EQ(stored()[0].bytesIn, 2);
}

TEST_F(Logging, GoesOnInMemoryWhereTheStoreRefusesAndSaysSo) {
    const QString file = m_dir.filePath(u"file"_s);
    { ASSERT_TRUE(QFile(file).open(QIODevice::WriteOnly)); }
    TrafficLog log(file + u"/traffic.sqlite"_s);
    log.follow();
    log.add(numbered(1));
    ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 1 && log.lost() == 1; }));
    ASSERT_TRUE(log.problem());
    EXPECT_EQ(log.problem()->code, ErrorCode::FileUnwritable);
    std::optional<Error> error;
    log.query({}, [&](const Result<QList<TrafficRecord>> &answer) { error = answer.error(); });
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_EQ(error, log.problem());
}

TEST_F(Logging, KeepsNothingOnDiskWithoutAPath) {
    TrafficLog log{QString()};
    log.follow();
    log.add(numbered(1));
    ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 1; }));
    EXPECT_EQ(log.lost(), 0);
    EXPECT_FALSE(log.problem());
}

TEST_F(Logging, SetsADamagedFileAsideInTheMiddleOfItsWork) {
    { TrafficLog log(m_path); }
    {
        QFile file(m_path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("no database");
    }
    QString notice;
    TrafficLog log(m_path);
    log.follow();
    QObject::connect(&log, &TrafficLog::noticed, [&](const QString &text) { notice = text; });
    log.add(numbered(1));
    ASSERT_TRUE(waitUntil([&] { return log.newest().size() == 1; }));
    EXPECT_TRUE(notice.contains(u".damaged-"_s));
    EXPECT_EQ(stored().size(), 1);
    EXPECT_FALSE(log.problem());
}

TEST_F(Logging, LosesNothingThatWasWrittenWhenTheProcessIsKilled) {
    qint64 told = 0;
    for (int round = 0; round < 5; ++round) {
        QProcess process;
        process.start(QStringLiteral(QUAYGATE_LOG_LOOP), {m_path});
        QByteArray output;
        const auto lines = output.count('\n') + 1 + round;
        ASSERT_TRUE(waitUntil([&] {
            output += process.readAllStandardOutput();
            return output.count('\n') >= lines;
        })) << qPrintable(process.errorString());
        process.kill();
        ASSERT_TRUE(process.waitForFinished());
        ASSERT_EQ(process.exitStatus(), QProcess::CrashExit);
        output += process.readAllStandardOutput();
        output.truncate(output.lastIndexOf('\n'));
        const qint64 number = output.mid(output.lastIndexOf('\n') + 1).toLongLong();
        ASSERT_GT(number, told);
        told = number;
        const auto store = TrafficStore::open(m_path); // as the next start does
        ASSERT_TRUE(store) << qPrintable(store.error().message);
        EXPECT_TRUE(store.value()->notice().isEmpty());
        const auto records = store.value()->records({.limit = 1});
        ASSERT_TRUE(records);
        EXPECT_GE(records->first().number, told) << "round " << round;
    }
}

} // namespace
} // namespace quaygate
