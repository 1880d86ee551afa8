#include "app/crash_reports.h"
#include "tests/support/event_loop.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#ifdef Q_OS_UNIX
#include <signal.h>
#endif

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

const QByteArray canary = "canary-0123456789abcdef";

void write(const QString &path, const QDateTime &at) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(file.setFileTime(at, QFileDevice::FileModificationTime));
}

QByteArray contentOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QDateTime day(int number) {
    return {QDate(2026, 1, number), QTime(12, 0), Qt::UTC};
}

/// `quaygate serve --demo` in a home of its own.
class Served : public QProcess {
public:
    explicit Served(const QString &home) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, home);
        environment.insert(u"XDG_CONFIG_HOME"_s, home);
        environment.insert(u"AZURE_OPENAI_API_KEY"_s, QString::fromLatin1(canary));
        setProcessEnvironment(environment);
        start(QStringLiteral(QUAYGATE_PROGRAM), {u"serve"_s, u"--demo"_s, u"--port"_s, u"0"_s});
    }
    ~Served() override {
        kill();
        waitForFinished();
    }

    bool isListening() { return canReadLine() || (waitForReadyRead(20'000) && canReadLine()); }
    /// All that it complained of, when it was asked to end.
    QByteArray complaints() {
        terminate();
        waitForFinished(20'000);
        return readAllStandardError();
    }
};

} // namespace

TEST(CrashReports, AreTakenOnceAndTheNewestFirst) {
    const QTemporaryDir folder;
    write(folder.filePath(newCrashReportName(17)), day(1));
    write(folder.filePath(newCrashReportName(18)), day(3));
    write(folder.filePath(newCrashReportName(19)), day(2));
    const auto taken = takeNewCrashReport(folder.path());
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->at, day(3));
    EXPECT_TRUE(QFile::exists(taken->file));
    EXPECT_FALSE(takeNewCrashReport(folder.path()));
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 3);
}

TEST(CrashReports, OnlyTheNewestFiveAreKept) {
    const QTemporaryDir folder;
    write(folder.filePath(u"notes.txt"_s), day(1));
    for (int i = 1; i <= 9; ++i) {
        write(folder.filePath(newCrashReportName(i)), day(i));
        EXPECT_TRUE(takeNewCrashReport(folder.path()));
    }
    const QStringList left = QDir(folder.path()).entryList({u"2026*"_s}, QDir::Files, QDir::Name);
    ASSERT_EQ(left.size(), 5);
    EXPECT_TRUE(left.first().startsWith("2026-01-05"_L1)) << left.first().toStdString();
    EXPECT_TRUE(QFile::exists(folder.filePath(u"notes.txt"_s)));
}

TEST(CrashReports, AFolderThatIsNotThereHoldsNone) {
    const QTemporaryDir folder;
    EXPECT_FALSE(takeNewCrashReport(folder.filePath(u"none"_s)));
    EXPECT_FALSE(QFile::exists(folder.filePath(u"none"_s)));
}

TEST(CrashReports, AreToldOfWithoutWaitingForTheDisk) {
    const QTemporaryDir folder;
    write(folder.filePath(newCrashReportName(17)), day(1));
    QObject context;
    QStringList told;
    const auto note = [&](const CrashReport &report) { told.append(describe(report)); };
    tellOfCrash(folder.path(), &context, note);
    EXPECT_TRUE(told.isEmpty()) << "not yet";
    ASSERT_TRUE(waitUntil([&] { return !told.isEmpty(); }));
    EXPECT_TRUE(told.first().contains(folder.path())) << told.first().toStdString();
}

#ifdef Q_OS_UNIX

class Crash : public testing::TestWithParam<int> {};

TEST_P(Crash, LeavesAReportOfWhichTheNextStartTells) {
    const QTemporaryDir home;
    const QDir reports(home.filePath(u"quaygate/crashes"_s));
    {
        Served served(home.path());
        ASSERT_TRUE(served.isListening()) << served.readAllStandardError().toStdString();
        const QString report = reports.filePath(newCrashReportName(served.processId()));
        ASSERT_EQ(::kill(pid_t(served.processId()), GetParam()), 0);
        ASSERT_TRUE(served.waitForFinished(20'000));
        EXPECT_EQ(served.exitStatus(), QProcess::CrashExit);

        const QByteArray text = contentOf(report);
        EXPECT_TRUE(text.startsWith("Quaygate ")) << text.toStdString();
        for (const QByteArray part : {"SIG", "Crashed: ", "Qt: ", "quaygate+0x"})
            EXPECT_TRUE(text.contains(part)) << text.toStdString();
        EXPECT_FALSE(text.contains(canary));
        EXPECT_FALSE(text.contains(home.path().toUtf8()));
        EXPECT_EQ(QFile::permissions(report) & (QFile::ReadGroup | QFile::ReadOther),
                  QFile::Permissions());
    }
    for (const bool told : {true, false}) {
        Served next(home.path());
        ASSERT_TRUE(next.isListening());
        const QByteArray complaints = next.complaints();
        EXPECT_EQ(complaints.contains("ended unexpectedly"), told) << complaints.toStdString();
    }
    EXPECT_EQ(reports.entryList(QDir::Files).size(), 1);
}

INSTANTIATE_TEST_SUITE_P(Signals, Crash, testing::Values(SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT));

#endif

#ifdef Q_OS_LINUX

TEST(CoreDumps, AreOffForCollectorsToo) {
    const QTemporaryDir home;
    Served served(home.path());
    ASSERT_TRUE(served.isListening());
    const QByteArray limits = contentOf(u"/proc/%1/limits"_s.arg(served.processId()));
    const qsizetype at = limits.indexOf("Max core file size");
    ASSERT_GE(at, 0);
    const QByteArray line = limits.sliced(at, limits.indexOf('\n', at) - at).simplified();
    EXPECT_TRUE(line.startsWith("Max core file size 1 1 ") ||
                line.startsWith("Max core file size 0 0 "))
        << line.toStdString();
}

#endif

} // namespace quaygate::test
