#include "gateway/traffic/store_database.h"
#include "gateway/traffic/store_layout.h"
#include "gateway/traffic/traffic_store.h"
#include "tests/traffic/other_program.h"
#include "tests/traffic/sample_records.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::bareRecord;
using test::fullRecord;
using test::noon;

class Storing : public testing::Test {
protected:
    std::unique_ptr<TrafficStore> open() {
        auto store = TrafficStore::open(m_path);
        EXPECT_TRUE(store) << qPrintable(store ? QString() : store.error().message);
        return store ? std::move(store).value() : nullptr;
    }

    QList<TrafficRecord> all(TrafficStore &store, TrafficQuery query = {}) {
        query.bodies = true;
        const auto found = store.records(query);
        EXPECT_TRUE(found);
        return found ? *found : QList<TrafficRecord>();
    }

    QList<qint64> numbers(TrafficStore &store, const TrafficQuery &query) {
        QList<qint64> found;
        for (const TrafficRecord &record : all(store, query))
            found.append(record.number);
        return found;
    }

    /// Runs statements on the file, as another program would.
    void runOnFile(const QStringList &statements) {
        EXPECT_EQ(test::runOnFile(m_path, statements), QString());
    }

    QByteArray contents() {
        QFile file(m_path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }

    QStringList files() { return QDir(m_dir.path()).entryList(QDir::Files, QDir::Name); }

    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(u"traffic.sqlite"_s);
};

TEST_F(Storing, KeepsEveryMemberAcrossAnEnd) {
    QList<TrafficRecord> records{fullRecord(0), bareRecord(1), TrafficRecord{}};
    {
        const auto store = open();
        ASSERT_TRUE(store->append(records));
        EXPECT_EQ(records[0].number, 1);
        EXPECT_EQ(records[2].number, 3);
        EXPECT_TRUE(store->notice().isEmpty());
    }
    const auto store = open();
    TrafficQuery query;
    query.order = TrafficQuery::Order::OldestFirst;
    EXPECT_EQ(all(*store, query), records);
}

TEST_F(Storing, KeepsManyAtOnceInTheirOrder) {
    constexpr int many = 19; // some by eights, some one by one; full and bare ones take turns
    QList<TrafficRecord> records;
    for (int i = 0; i < many; ++i)
        records.append(i % 3 == 0 ? fullRecord(i) : bareRecord(i));
    const auto store = open();
    ASSERT_TRUE(store->append(records));
    for (int i = 0; i < many; ++i)
        EXPECT_EQ(records[i].number, i + 1);
    TrafficQuery query;
    query.order = TrafficQuery::Order::OldestFirst;
    EXPECT_EQ(all(*store, query), records);
}

TEST_F(Storing, LeavesTheBodiesOutUnlessAskedFor) {
    QList<TrafficRecord> records{fullRecord()};
    const auto store = open();
    ASSERT_TRUE(store->append(records));
    TrafficRecord wanted = records[0];
    wanted.requestBody.clear();
    wanted.responseBody.clear();
    EXPECT_EQ(store->records({}).value(), QList{wanted});
}

TEST_F(Storing, FindsWhatIsAskedFor) {
    const auto store = open();
    QList<TrafficRecord> records;
    for (int i = 0; i < 10; ++i) {
        TrafficRecord record;
        record.time = noon(i);
        record.route = i % 2 ? u"odd"_s : u"even"_s;
        record.clientKey = i == 4 ? u"it's"_s : QString();
        record.modelAsked = i == 1 ? u"m"_s : QString();
        record.modelSent = i == 2 ? u"m"_s : QString();
        record.modelReturned = i == 3 ? u"m"_s : QString();
        record.status = i == 5 ? 500 : i == 6 ? 0 : 200;
        record.error = i == 7 ? u"cut"_s : QString();
        records.append(record);
    }
    ASSERT_TRUE(store->append(records));

    const struct {
        const char *name;
        TrafficQuery query;
        QList<qint64> numbers;
    } cases[] = {
        {"newest first", {.limit = 3}, {10, 9, 8}},
        {"oldest first", {.limit = 3, .order = TrafficQuery::Order::OldestFirst}, {1, 2, 3}},
        {"next page", {.limit = 2, .before = 8}, {7, 6}},
        {"what is new", {.order = TrafficQuery::Order::OldestFirst, .after = 8}, {9, 10}},
        {"since", {.since = noon(8)}, {10, 9}},
        {"until", {.until = noon(2)}, {2, 1}},
        {"route", {.route = u"odd"_s}, {10, 8, 6, 4, 2}},
        {"client key, quoted", {.clientKey = u"it's"_s}, {5}},
        {"model by any of its names", {.model = u"m"_s}, {4, 3, 2}},
        {"failed", {.failedOnly = true}, {8, 7, 6}},
        {"both", {.route = u"odd"_s, .failedOnly = true}, {8, 6}},
        {"nothing", {.route = u"no"_s}, {}},
        {"a limit below one", {.limit = -5}, {10}},
    };
    for (const auto &c : cases)
        EXPECT_EQ(numbers(*store, c.query), c.numbers) << c.name;
}

TEST_F(Storing, ForgetsWhatIsTooOld) {
    const auto store = open();
    QList<TrafficRecord> records{bareRecord(0), bareRecord(60), bareRecord(24 * 3600 + 30)};
    ASSERT_TRUE(store->append(records));
    EXPECT_EQ(store->prune({.days = 1}, noon(24 * 3600 + 31)).value(), false);
    EXPECT_EQ(numbers(*store, {}), (QList<qint64>{3, 2}));
}

TEST_F(Storing, ForgetsTheOldestWhenTheFileIsTooLarge) {
    auto store = open();
    QList<TrafficRecord> records;
    for (int i = 0; i < 9000; ++i) {
        records.append(bareRecord(i));
        records.last().error = QString(1000, u'x');
    }
    ASSERT_TRUE(store->append(records));
    int calls = 1;
    while (store->prune({.megabytes = 1}, noon(9000)).value())
        ASSERT_LT(++calls, 20);
    EXPECT_GT(calls, 2) << "the writer must not be kept from its work";
    const QList<qint64> left = numbers(*store, {.limit = 5000});
    EXPECT_GT(left.size(), 500);
    EXPECT_LT(left.size(), 1000);
    EXPECT_EQ(left.first(), 9000) << "the newest stay";
    EXPECT_EQ(left.last(), 9001 - left.size()) << "without a gap";

    store.reset();
    EXPECT_LE(QFileInfo(m_path).size(), 1024 * 1024);
}

TEST_F(Storing, ClearsTheDiskAndGoesOnCounting) {
    const auto store = open();
    QList<TrafficRecord> records(2000, fullRecord());
    records.append(fullRecord());
    records.last().tool = u"a-name-to-be-forgotten"_s;
    ASSERT_TRUE(store->append(records));
    ASSERT_TRUE(store->clear());
    EXPECT_TRUE(all(*store).isEmpty());
    EXPECT_LT(QFileInfo(m_path).size(), 64 * 1024);
    EXPECT_FALSE(contents().contains("a-name-to-be-forgotten"));
    EXPECT_EQ(QFileInfo(m_path + u"-wal"_s).size(), 0);
    QList<TrafficRecord> next{bareRecord()};
    ASSERT_TRUE(store->append(next));
    EXPECT_EQ(next[0].number, 2002);
}

TEST_F(Storing, MakesItsFolderAndAFileForTheOwnerOnly) {
    m_path = m_dir.filePath(u"a/b/traffic.sqlite"_s);
    const auto store = open();
    QList<TrafficRecord> records{bareRecord()};
    ASSERT_TRUE(store->append(records));
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &name : {m_path, m_path + u"-wal"_s})
        EXPECT_FALSE(QFile::permissions(name) & others) << qPrintable(name);
}

TEST_F(Storing, SetsADamagedFileAside) {
    {
        QFile file(m_path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("this is no database, whatever its name says. ");
    }
    const QByteArray before = contents();
    const auto store = open();
    EXPECT_TRUE(store->notice().contains(u".damaged-"_s)) << qPrintable(store->notice());
    EXPECT_TRUE(all(*store).isEmpty());
    QStringList aside = files().filter(u".damaged-"_s);
    ASSERT_EQ(aside.size(), 1);
    m_path = m_dir.filePath(aside[0]);
    EXPECT_EQ(contents(), before);
}

TEST_F(Storing, NoticesDamageThatIsFoundLater) {
    QList<TrafficRecord> records(3000, fullRecord());
    ASSERT_TRUE(open()->append(records));
    {
        QFile file(m_path);
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        file.seek(4096); // the first page, with what names the tables, stays
        file.write(QByteArray(int(file.size() - 4096), '\x5A'));
    }
    auto store = open();
    EXPECT_FALSE(store->append(records));
    EXPECT_TRUE(store->isDamaged());
    store.reset();
    // Opening looks only at what it must; whoever found the damage says so.
    const auto again = TrafficStore::openAnew(m_path);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again.value()->notice().contains(u".damaged-"_s));
    EXPECT_TRUE(again.value()->append(records));
}

struct Refused {
    const char *name;
    QStringList statements;
    QString said;
};

class Refusing : public Storing, public testing::WithParamInterface<Refused> {};

TEST_P(Refusing, LeavesTheFileAsItIs) {
    runOnFile(GetParam().statements);
    const QByteArray before = contents();
    for (const auto &opened : {TrafficStore::open(m_path), TrafficStore::openToRead(m_path)}) {
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::FileUnreadable);
        EXPECT_TRUE(opened.error().message.contains(GetParam().said))
            << qPrintable(opened.error().message);
    }
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(files(), QStringList{u"traffic.sqlite"_s});
}

INSTANTIATE_TEST_SUITE_P(
    Files, Refusing,
    testing::Values(
        Refused{"newer",
                {u"CREATE TABLE records (number INTEGER)"_s,
                 u"PRAGMA application_id = %1"_s.arg(traffic::StoreDatabase::applicationId),
                 u"PRAGMA user_version = %1"_s.arg(traffic::layoutVersion + 1)},
                u"newer Quaygate"_s},
        Refused{"foreign", {u"CREATE TABLE bookmarks (url TEXT)"_s}, u"another program"_s}));

TEST_F(Storing, CanBeReadWhileItIsWritten) {
    const auto store = open();
    QList<TrafficRecord> first{bareRecord(0)};
    ASSERT_TRUE(store->append(first));
    const auto reader = TrafficStore::openToRead(m_path);
    ASSERT_TRUE(reader) << qPrintable(reader.error().message);
    EXPECT_EQ(reader.value()->records({}).value(), first);
    QList<TrafficRecord> second{bareRecord(1)};
    ASSERT_TRUE(store->append(second));
    EXPECT_EQ(reader.value()->records({}).value().size(), 2);
    EXPECT_FALSE(reader.value()->append(second)) << "it only looks";
}

TEST_F(Storing, CanBeReadAfterTheWriterEnded) {
    QList<TrafficRecord> records{bareRecord(0)};
    ASSERT_TRUE(open()->append(records));
    const auto reader = TrafficStore::openToRead(m_path);
    ASSERT_TRUE(reader) << qPrintable(reader.error().message);
    EXPECT_EQ(reader.value()->records({}).value(), records);
}

TEST_F(Storing, SaysThatThereIsNothingToReadYet) {
    const auto reader = TrafficStore::openToRead(m_path);
    ASSERT_FALSE(reader);
    EXPECT_TRUE(reader.error().message.contains(u"no traffic file"_s));
    EXPECT_TRUE(files().isEmpty()) << "looking makes no file";
}

TEST_F(Storing, SaysWhereItCannotWrite) {
    m_path = m_dir.filePath(u"file"_s);
    { ASSERT_TRUE(QFile(m_path).open(QIODevice::WriteOnly)); }
    const auto store = TrafficStore::open(m_path + u"/traffic.sqlite"_s);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::FileUnwritable);
    EXPECT_TRUE(store.error().message.contains(u"traffic.sqlite"_s));
}

TEST_F(Storing, TwoProcessesMayWriteTheSameFile) {
    const auto one = open();
    const auto other = open();
    QList<TrafficRecord> first{bareRecord(0)};
    QList<TrafficRecord> second{bareRecord(1)};
    ASSERT_TRUE(one->append(first));
    ASSERT_TRUE(other->append(second));
    EXPECT_EQ(all(*one).size(), 2);
    EXPECT_EQ(second[0].number, 2);
}

} // namespace
} // namespace quaygate
