#include "app/crash_reports.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <signal.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

/// Starts of the program with its window, without a screen and in a home of their own.
class Desktop : public ::testing::Test {
protected:
    std::unique_ptr<QProcess> start(const QStringList &arguments = {}) {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s,
                                    u"XDG_CACHE_HOME"_s, u"XDG_RUNTIME_DIR"_s})
            environment.insert(name, m_home.path());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(QUAYGATE_PROGRAM), arguments);
        EXPECT_TRUE(process->waitForStarted());
        return process;
    }

    /// One that runs and takes the wishes of others.
    std::unique_ptr<QProcess> startFirst() {
        auto first = start();
        // Either of the two may come first; the other one waits for it and ends.
        auto second = start();
        for (int i = 0; i < 400 && first->state() == QProcess::Running; ++i) {
            if (second->waitForFinished(50))
                return first;
            first->waitForFinished(1);
        }
        return second;
    }

    int codeOf(QProcess &process) {
        if (!process.waitForFinished(30'000) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        return process.exitCode();
    }

    QTemporaryDir m_home;
};

} // namespace

TEST_F(Desktop, ALaterStartHandsItsWishOverAndEnds) {
    const auto first = startFirst();
    for (const QStringList &arguments :
         {QStringList(), QStringList{u"--playground"_s}, QStringList{u"--start-gateway"_s},
          QStringList{u"--background"_s}}) {
        const auto later = start(arguments);
        EXPECT_EQ(codeOf(*later), 0) << later->readAllStandardError().toStdString();
        EXPECT_EQ(first->state(), QProcess::Running);
    }
    const auto other = start({u"--config"_s, m_home.filePath(u"other.json"_s)});
    EXPECT_FALSE(other->waitForFinished(500)) << "another configuration has a window of its own";
    other->kill();
    other->waitForFinished();
    first->terminate();
    EXPECT_EQ(codeOf(*first), 0);
}

TEST_F(Desktop, EndsCleanlyWhenItIsAskedTo) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        const auto program = startFirst();
        ASSERT_EQ(::kill(pid_t(program->processId()), signal), 0);
        EXPECT_EQ(codeOf(*program), 0)
            << "signal " << signal << ": " << program->readAllStandardError().toStdString();
    }
}

TEST_F(Desktop, ACrashLeavesAReportAndNothingInTheWay) {
    const auto program = startFirst();
    const qint64 pid = program->processId();
    ASSERT_EQ(::kill(pid_t(pid), SIGSEGV), 0);
    ASSERT_TRUE(program->waitForFinished(30'000));
    EXPECT_EQ(program->exitStatus(), QProcess::CrashExit);
    const QDir reports(m_home.filePath(u"quaygate/crashes"_s));
    EXPECT_TRUE(reports.exists(newCrashReportName(pid)));
    const auto next = startFirst();
    EXPECT_EQ(reports.entryList({u"2*.txt"_s}, QDir::Files).size(), 1) << "it was told of";
    next->terminate();
    EXPECT_EQ(codeOf(*next), 0);
}

TEST_F(Desktop, AnUnknownOptionIsWrongUse) {
    const auto program = start({u"--nonsense"_s});
    EXPECT_EQ(codeOf(*program), 2);
    EXPECT_TRUE(program->readAllStandardError().contains("nonsense"));
}

} // namespace quaygate::test
