#include "app/single_instance.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#ifdef Q_OS_UNIX
#include <signal.h>
#endif

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

constexpr int patienceMs = 20'000;

class SingleInstanceTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(QDir(home.path()).mkpath(u"run"_s)); }

    std::unique_ptr<QProcess> launch(const QString &file, int patience = patienceMs) const {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, home.path());
        environment.insert(u"XDG_RUNTIME_DIR"_s, runtime());
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(QUAYGATE_LAUNCH_LOOP), {file, QString::number(patience)});
        return process;
    }

    QString runtime() const {
        const QString path = home.filePath(u"run"_s);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    static QByteArray line(QProcess &process) {
        while (!process.canReadLine() && process.waitForReadyRead(patienceMs)) {
        }
        return process.readLine().trimmed();
    }

    static void end(QProcess &process) {
        process.kill();
        process.waitForFinished();
    }

    QTemporaryDir home;
    QString file = home.filePath(u"config.json"_s);
};

} // namespace

TEST(LaunchWish, TravelsAsALine) {
    const LaunchWish wish{true, false, true, "token-1"};
    EXPECT_FALSE(wishToLine(wish).contains('\n'));
    EXPECT_EQ(wishFromLine(wishToLine(wish)).value(), wish);
    EXPECT_FALSE(wishFromLine("hello"));
}

TEST(LaunchWish, AndTheSettingsSayWhetherTheGatewayStarts) {
    Config config;
    EXPECT_FALSE(startsGateway({}, config)) << "there is nothing to serve";
    config.routes.append(Route());
    EXPECT_TRUE(startsGateway({}, config));
    config.desktop.startGateway = false;
    EXPECT_FALSE(startsGateway({}, config));
    EXPECT_TRUE(startsGateway({false, true, true, {}}, config));
}

TEST_F(SingleInstanceTest, OfManyStartedAtOnceOneIsTheFirstAndHearsTheOthers) {
    std::vector<std::unique_ptr<QProcess>> starts;
    for (int i = 0; i < 16; ++i)
        starts.push_back(launch(file));
    QProcess *first = nullptr;
    int later = 0;
    for (const auto &start : starts) {
        const QByteArray role = line(*start);
        if (role == "first") {
            EXPECT_FALSE(first);
            first = start.get();
        } else {
            EXPECT_EQ(role, "later") << start->readAllStandardError().toStdString();
            ++later;
        }
    }
    ASSERT_TRUE(first);
    EXPECT_EQ(later, 15);
    for (int i = 0; i < later; ++i) {
        const auto wish = wishFromLine(line(*first));
        ASSERT_TRUE(wish);
        EXPECT_TRUE(wish->playground);
        EXPECT_EQ(wish->activationToken, "token");
    }
    for (const auto &start : starts)
        end(*start);
}

TEST_F(SingleInstanceTest, AKilledOneDoesNotStandInTheWay) {
    const auto killed = launch(file);
    ASSERT_EQ(line(*killed), "first");
    end(*killed);
    const auto next = launch(file);
    EXPECT_EQ(line(*next), "first") << next->readAllStandardError().toStdString();
    end(*next);
}

TEST_F(SingleInstanceTest, AnotherConfigurationIsAnotherProgram) {
    const auto one = launch(file);
    ASSERT_EQ(line(*one), "first");
    const auto other = launch(home.filePath(u"other.json"_s));
    EXPECT_EQ(line(*other), "first");
    const auto same = launch(home.filePath(u"run/../config.json"_s));
    EXPECT_EQ(line(*same), "later");
    end(*one);
    end(*other);
    end(*same);
}

#ifdef Q_OS_UNIX
TEST_F(SingleInstanceTest, OneThatDoesNotAnswerIsSaid) {
    const auto stuck = launch(file);
    ASSERT_EQ(line(*stuck), "first");
    ASSERT_EQ(::kill(pid_t(stuck->processId()), SIGSTOP), 0);
    const auto next = launch(file, 300);
    ASSERT_TRUE(next->waitForFinished(patienceMs));
    EXPECT_EQ(next->exitCode(), 1);
    EXPECT_TRUE(next->readAllStandardError().contains("does not answer"));
    end(*stuck);
}
#endif

} // namespace quaygate::test
