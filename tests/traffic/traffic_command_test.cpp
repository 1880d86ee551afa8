#include "app/traffic_command.h"
#include "app/traffic_lines.h"
#include "app/traffic_options.h"
#include "gateway/traffic/traffic_store.h"
#include "tests/support/event_loop.h"
#include "tests/traffic/sample_records.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <csignal>
#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::bareRecord;
using test::fullRecord;
using test::noon;
using test::waitUntil;

const QDateTime someTime = QDateTime::fromString(u"2026-03-31T12:00:00Z"_s, Qt::ISODate);

TEST(TrafficOptions, AreRead) {
    const auto read = readTrafficOptions({u"--follow"_s, u"--json"_s, u"--limit"_s, u"7"_s,
                                          u"--route"_s, u"r"_s, u"--client-key=k"_s, u"--model"_s,
                                          u"m"_s, u"--failed"_s, u"--file"_s, u"f"_s},
                                         someTime);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->follow);
    EXPECT_TRUE(read->json);
    EXPECT_EQ(read->file, u"f"_s);
    EXPECT_EQ(read->query.limit, 7);
    EXPECT_EQ(read->query.route, u"r"_s);
    EXPECT_EQ(read->query.clientKey, u"k"_s);
    EXPECT_EQ(read->query.model, u"m"_s);
    EXPECT_TRUE(read->query.failedOnly);
    const auto bare = readTrafficOptions({}, someTime);
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->query.limit, 20);
    EXPECT_TRUE(bare->file.endsWith(u"traffic.sqlite"_s));
    EXPECT_FALSE(bare->query.since);
}

TEST(TrafficOptions, ReadTimesThatPeopleWrite) {
    const QDateTime local(QDate(2026, 1, 31), QTime(12, 0));
    const struct {
        QString text;
        qint64 seconds; ///< since 1970
    } cases[] = {
        {u"90s"_s, someTime.toSecsSinceEpoch() - 90},
        {u"15m"_s, someTime.toSecsSinceEpoch() - 15 * 60},
        {u"2h"_s, someTime.toSecsSinceEpoch() - 2 * 3600},
        {u"3d"_s, someTime.toSecsSinceEpoch() - 3 * 24 * 3600},
        {u"2026-01-31T12:00"_s, local.toSecsSinceEpoch()},
        {u"2026-01-31T12:00:00Z"_s, 1769860800},
        {u"2026-01-31"_s, QDate(2026, 1, 31).startOfDay().toSecsSinceEpoch()},
    };
    for (const auto &c : cases) {
        const auto read = readTrafficOptions({u"--since"_s, c.text}, someTime);
        ASSERT_TRUE(read) << qPrintable(c.text);
        EXPECT_EQ(read->query.since->time_since_epoch(), std::chrono::seconds(c.seconds))
            << qPrintable(c.text);
    }
}

TEST(TrafficOptions, AreRefusedWithAReason) {
    const QList<QStringList> cases{
        {u"--limit"_s, u"0"_s}, {u"--limit"_s, u"10001"_s},
        {u"--limit"_s, u"x"_s}, {u"--since"_s, u"soon"_s},
        {u"--since"_s, u"5"_s}, {u"--since"_s, u"-5m"_s},
        {u"--unknown"_s},       {u"argument"_s},
        {u"--limit"_s},
    };
    for (const QStringList &arguments : cases) {
        const auto read = readTrafficOptions(arguments, someTime);
        ASSERT_FALSE(read) << qPrintable(arguments.join(u' '));
        EXPECT_FALSE(read.error().message.isEmpty());
    }
}

TEST(TrafficTable, AlignsWhatIsKnownAndWhatIsNot) {
    TrafficRecord record = fullRecord();
    record.error.clear();
    record.cancelled = false;
    EXPECT_EQ(trafficTableHead(), u"TIME                 STATUS  ROUTE           BACKEND       "
                                  u"MODEL                     KEY           "
                                  "     IN     OUT       COST   FIRST   TOTAL  NOTE\n"_s);
    EXPECT_EQ(
        trafficTableLine(record, QTimeZone::utc()),
        u"2026-03-31 12:00:00     200  azure-openai    spare         gpt-4.1-mini-2025-04-14   "
        u"laptop        "
        "   1000      24   $0.01235   300ms   2.00s  3 attempts; guard masked: email; budget warned\n"_s);
    EXPECT_EQ(trafficTableLine(bareRecord(), QTimeZone("Europe/Berlin")),
              u"2026-03-31 14:00:00     403  –               –             –                       "
              u"  –             "
              "      –       –          –       –     0ms  host rejected: evil.example\n"_s);
}

TEST(TrafficTable, CutsWhatIsTooLongAndObeysNobody) {
    TrafficRecord record = fullRecord();
    record.status = 0;
    record.modelReturned = u"a-model-whose-name-is-longer-than-its-column"_s;
    record.route = u"\x1b[2Jx\u202e\n\u009b"_s;
    record.duration = 83s;
    record.cost = 12.5;
    record.error = u"\x1b]0;title\a"_s;
    const QString line = trafficTableLine(record, QTimeZone::utc());
    EXPECT_TRUE(line.contains(u"a-model-whose-name-is-l… "_s)) << qPrintable(line);
    EXPECT_TRUE(line.contains(u"\uFFFD[2Jx\uFFFD\uFFFD\uFFFD"_s)) << qPrintable(line);
    EXPECT_TRUE(line.contains(u"$12.50"_s));
    EXPECT_TRUE(line.contains(u"83.0s"_s));
    EXPECT_TRUE(line.contains(u"the client left"_s));
    EXPECT_EQ(line.count(u'\n'), 1);
    EXPECT_FALSE(line.contains(u'\x1b'));
    EXPECT_FALSE(line.contains(u'\a'));
}

TEST(TrafficJson, SaysAllThatIsKnownAndNullForTheRest) {
    const QByteArray line = trafficJsonLine(fullRecord());
    EXPECT_EQ(line.count('\n'), 1);
    const QJsonObject full = QJsonDocument::fromJson(line).object();
    EXPECT_EQ(full.value("time"_L1).toString(), u"2026-03-31T12:00:00.123Z"_s);
    EXPECT_EQ(full.value("usage"_L1).toObject().value("cached"_L1).toInt(), 512);
    EXPECT_EQ(full.value("attempts"_L1).toArray().size(), 3);
    EXPECT_EQ(full.value("attempts"_L1)[0].toObject().value("durationMs"_L1).toDouble(), 1.5);
    EXPECT_EQ(full.value("firstTokenMs"_L1).toDouble(), 300);
    EXPECT_TRUE(full.contains("responseBody"_L1));
    const QJsonObject bare = QJsonDocument::fromJson(trafficJsonLine(bareRecord())).object();
    EXPECT_EQ(bare.value("status"_L1).toInt(), 403);
    for (const auto name : {"costDollars"_L1, "firstTokenMs"_L1, "modelReturned"_L1, "error"_L1}) {
        ASSERT_TRUE(bare.contains(name)) << name.data();
        EXPECT_TRUE(bare.value(name).isNull()) << name.data();
    }
    EXPECT_TRUE(bare.value("usage"_L1).toObject().value("input"_L1).isNull());
    EXPECT_FALSE(bare.contains("responseBody"_L1));
}

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

class TrafficCommand : public testing::Test {
protected:
    std::unique_ptr<TrafficStore> writer() {
        auto store = TrafficStore::open(m_path);
        EXPECT_TRUE(store);
        return std::move(store).value();
    }

    Outcome show(QStringList arguments) {
        arguments += {u"--file"_s, m_path};
        QBuffer out;
        QBuffer err;
        out.open(QIODevice::WriteOnly);
        err.open(QIODevice::WriteOnly);
        const int code = trafficCommand(arguments, out, err, [] { return false; });
        return {code, QString::fromUtf8(out.data()), QString::fromUtf8(err.data())};
    }

    QTemporaryDir m_dir;
    QString m_path = m_dir.filePath(u"traffic.sqlite"_s);
};

TEST_F(TrafficCommand, PrintsTheNewestOldestFirst) {
    const auto store = writer();
    QList<TrafficRecord> records;
    for (int i = 0; i < 5; ++i) {
        records.append(bareRecord(i));
        records.last().status = 400 + i;
    }
    ASSERT_TRUE(store->append(records));
    const Outcome shown = show({u"--limit"_s, u"2"_s});
    EXPECT_EQ(shown.code, 0) << qPrintable(shown.err);
    const QStringList lines = shown.out.split(u'\n', Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 3);
    EXPECT_TRUE(lines[0].startsWith(u"TIME"_s));
    EXPECT_TRUE(lines[1].contains(u" 403 "_s));
    EXPECT_TRUE(lines[2].contains(u" 404 "_s));
    const Outcome json = show({u"--json"_s, u"--since"_s, u"2026-03-31T12:00:04Z"_s});
    EXPECT_EQ(json.out.count(u'\n'), 1);
    EXPECT_EQ(QJsonDocument::fromJson(json.out.toUtf8()).object().value("number"_L1).toInt(), 5);
}

TEST_F(TrafficCommand, SaysWhatIsWrong) {
    const Outcome missing = show({});
    EXPECT_EQ(missing.code, 1);
    EXPECT_TRUE(missing.err.contains(u"There is no traffic file"_s)) << qPrintable(missing.err);
    EXPECT_TRUE(missing.out.isEmpty());
    const Outcome wrong = show({u"--limit"_s, u"no"_s});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_TRUE(wrong.err.contains(u"usage: quaygate traffic"_s));
    const Outcome help = show({u"--help"_s});
    EXPECT_EQ(help.code, 0);
    EXPECT_TRUE(help.out.startsWith(u"usage: quaygate traffic"_s));
}

/// The real program, so that signals and pipes are real.
class FollowedTraffic : public TrafficCommand {
protected:
    void start() {
        m_process.start(QStringLiteral(QUAYGATE_PROGRAM),
                        {u"traffic"_s, u"--follow"_s, u"--json"_s, u"--file"_s, m_path});
        ASSERT_TRUE(waitForLines(1));
    }

    bool waitForLines(int count) {
        return waitUntil([&] {
                   m_out += m_process.readAllStandardOutput();
                   return m_out.count('\n') >= count || m_process.state() == QProcess::NotRunning;
               }) &&
               m_out.count('\n') == count;
    }

    void add(int seconds, const QString &route = {}) {
        QList<TrafficRecord> records{bareRecord(seconds)};
        records[0].route = route;
        ASSERT_TRUE(m_store->append(records));
    }

    void TearDown() override {
        m_process.kill();
        m_process.waitForFinished();
    }

    std::unique_ptr<TrafficStore> m_store = writer();
    QProcess m_process;
    QByteArray m_out;
};

TEST_F(FollowedTraffic, GoesOnUntilItIsTold) {
    add(0);
    start();
    add(1);
    ASSERT_TRUE(waitForLines(2)) << m_process.readAllStandardError().toStdString();
    add(2);
    add(3);
    ASSERT_TRUE(waitForLines(4));
    EXPECT_TRUE(m_out.contains("\"number\":4"));
    m_process.terminate();
    ASSERT_TRUE(m_process.waitForFinished());
    EXPECT_EQ(m_process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(m_process.exitCode(), 0);
}

TEST_F(FollowedTraffic, EndsWhenNobodyReadsIt) {
    add(0);
    // The shell waits for both, and head has read enough after a line.
    m_process.start(u"/bin/sh"_s,
                    {u"-c"_s, u"\"$0\" traffic --follow --json --file \"$1\" | head -n 1"_s,
                     QStringLiteral(QUAYGATE_PROGRAM), m_path});
    ASSERT_TRUE(waitUntil([&] { return m_process.state() == QProcess::NotRunning; }));
    EXPECT_EQ(m_process.readAllStandardOutput().count('\n'), 1);
    EXPECT_EQ(m_process.readAllStandardError(), "");
}

} // namespace
} // namespace quaygate
